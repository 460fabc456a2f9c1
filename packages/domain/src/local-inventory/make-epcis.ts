import { Effect, Result } from 'effect'
import { decideDocument, scopeOfDocument } from '../epcis/import-document.ts'
import { judgeDocument } from '../epcis/judge-document.ts'
import { readEvents } from '../epcis/read-document.ts'
import type { Epcis } from '../epcis.ts'
import type { InventoryParts } from '../inventory.ts'
import type { Sha256 } from '../ledger/chain.ts'
import { Violations } from '../request.ts'
import { makeCalls } from './calls.ts'
import { makeEpcisEvents } from './epcis-events.ts'
import { makePlanEvents } from './epcis-plan.ts'

const atRoot = (violations: Violations) => ({
  add: (pointer: string, message: string) => violations.add(pointer === '' ? '(root)' : pointer, message),
})

/** Which events are known to be broken: all of them, where the list itself is. */
const brokenEvents = (violations: Violations): ((index: number) => boolean) => {
  const list = '/epcisBody/eventList'
  if (violations.has(list)) return () => true
  const broken = new Set(Object.keys(violations.toMap()).map((pointer) => pointer.split('/')[3]))
  return (index) => broken.has(String(index))
}

/** Makes what tells a ledger as events of EPCIS 2.0 and reads such events, beside the ledger that `makeInventory` makes. */
export const makeEpcis = (parts: InventoryParts & { readonly sha256: Sha256 }): Epcis => {
  const calls = makeCalls(parts)
  const { store, now, permitted, authored, circumstances } = calls
  return {
    planEvents: makePlanEvents(calls),
    events: makeEpcisEvents(calls),
    importDocument: (document, call, dryRun = false) =>
      Effect.gen(function* () {
        yield* permitted(call, 'INVENTORY.WRITE.SAVE')
        yield* authored(call)
        const violations = new Violations()
        const faults = atRoot(violations)
        judgeDocument(document, faults)
        const read = readEvents(document, parts.sha256, faults, brokenEvents(violations))
        const at = now()
        return yield* store.change(
          scopeOfDocument(read, at),
          (before) =>
            Result.map(decideDocument(before, read, violations, circumstances(call, at)), (decided) => ({
              known: decided.known,
              versions: decided.versions,
              changes: decided.changes ?? [],
              deletedLots: [],
              answer: () => ({
                events: read.events,
                saved: decided.saved,
                alreadyThere: decided.alreadyThere,
                declaredInError: read.withdrawn.length,
                lotsMade: decided.lotsMade,
              }),
            })),
          { dryRun, receipt: call.receipt },
        )
      }),
  }
}
