import type { Checkpoint, Sha256, Verification } from '@lotbook/domain'
import type { Dialect } from '../dialect.ts'
import type { Program } from '../program.ts'
export const makeVerify = (_dialect: Dialect, _sha256: Sha256) =>
  function* (_against?: Checkpoint): Program<Verification> {
    throw new Error('later')
  }
