import { killLoop } from './kill-loop.ts'
import { millionImport } from './million-import.ts'
import type { Torture } from './torture.ts'

/** Every test of the torture, by name. CI runs the short form of each: see `test/torture.test.ts`. */
export const tests: Readonly<Record<string, Torture>> = {
  'kill-loop': killLoop,
  'million-import': millionImport,
}
