import { clockJumps } from './clock-jumps.ts'
import { exactlyOnce } from './exactly-once.ts'
import { fullDisk } from './full-disk.ts'
import { hostileClients } from './hostile-clients.ts'
import { hotLot } from './hot-lot.ts'
import { killLoop } from './kill-loop.ts'
import { longTest } from './long-test.ts'
import { millionImport } from './million-import.ts'
import { plantMutants } from './mutants/mutants.ts'
import { postgresHotLot } from './postgres-hot-lot.ts'
import { postgresRestarts } from './postgres-restarts.ts'
import { randomHistories } from './random-histories.ts'
import { syncFirst } from './sync-first.ts'
import type { Torture } from './torture.ts'

/** Every test of the torture, by name. CI runs the short form of each: see `test/torture.test.ts`. */
export const tests: Readonly<Record<string, Torture>> = {
  'kill-loop': killLoop,
  'sync-first': syncFirst,
  'full-disk': fullDisk,
  'exactly-once': exactlyOnce,
  'hot-lot': hotLot,
  'postgres-hot-lot': postgresHotLot,
  'postgres-restarts': postgresRestarts,
  'clock-jumps': clockJumps,
  'random-histories': randomHistories,
  'hostile-clients': hostileClients,
  fuzz: longTest('http', 'apps/http/test/fuzz.test.ts', { LOTBOOK_FUZZ_RUNS: '20000' }),
  migrations: longTest('repository', 'packages/repository/src/migrations/every-schema.test.ts', {
    LOTBOOK_HISTORIES: '60',
  }),
  mutants: plantMutants,
  'million-import': millionImport,
}
