import { clockJumps } from './clock-jumps.ts'
import { exactlyOnce } from './exactly-once.ts'
import { fullDisk } from './full-disk.ts'
import { hostileClients } from './hostile-clients.ts'
import { hotLot } from './hot-lot.ts'
import { killLoop } from './kill-loop.ts'
import { millionImport } from './million-import.ts'
import { syncFirst } from './sync-first.ts'
import type { Torture } from './torture.ts'

/** Every test of the torture, by name. CI runs the short form of each: see `test/torture.test.ts`. */
export const tests: Readonly<Record<string, Torture>> = {
  'kill-loop': killLoop,
  'sync-first': syncFirst,
  'full-disk': fullDisk,
  'exactly-once': exactlyOnce,
  'hot-lot': hotLot,
  'clock-jumps': clockJumps,
  'hostile-clients': hostileClients,
  'million-import': millionImport,
}
