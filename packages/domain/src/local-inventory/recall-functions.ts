import { Effect } from 'effect'
import { whyInvalid } from '../actions/action.ts'
import { type HoldInput, holdRecalledLots } from '../actions/hold-recalled-lots.ts'
import { showUlid } from '../identifiers/ulid.ts'
import type { RecallFunctions } from '../inventory.ts'
import { showQuantity } from '../quantity/quantity.ts'
import type { AffectedLot } from '../recall/affected.ts'
import { type RecallHold, whyNotHeld } from '../recall/recall-hold.ts'
import { recallLot } from '../recall/recall-lot.ts'
import { readRecallQuery } from '../recall/recall-request.ts'
import type { RecallView } from '../recall/recall-view.ts'
import { NotFound, nameAlone, type Refusal } from '../refusals.ts'
import { lotToTrace } from '../trace/trace-request.ts'
import type { Done } from './answers.ts'
import { type Calls, read } from './calls.ts'

const viewOf = ({ id, name, materialPath, onHand, unitOfMeasureSymbol }: AffectedLot) => ({
  ...{ lotId: showUlid(id), lotName: name, materialPath },
  ...{ onHand: showQuantity(onHand), unitOfMeasureSymbol },
})

/** What became of every affected lot. */
const holdOf = ({ before, versions, sequences }: Done): RecallHold => {
  const lots = before.affected?.lots ?? []
  const [self] = lots
  if (self === undefined) throw new Error('a hold was decided without its recall')
  const records = new Map(
    versions.map(({ record }, place) => [
      record.inventoryLotId,
      (sequences[place] ?? null) === null ? null : showUlid(record.id),
    ]),
  )
  return {
    ...{ lotId: showUlid(self.id), lotName: self.name, materialPath: self.materialPath },
    held: lots.flatMap((lot) => {
      const recordId = records.get(lot.id)
      return recordId === undefined ? [] : [{ ...viewOf(lot), previousStatus: lot.status, recordId }]
    }),
    notHeld: lots.flatMap((lot) => {
      const reason = whyNotHeld(before, lot)
      return reason === undefined
        ? []
        : [{ ...viewOf(lot), status: lot.status, reason, datedAhead: lot.ahead.map(showUlid) }]
    }),
  }
}

/** Makes the function that holds what a recall affects, or only says what it would do. */
export const holding = (perform: Calls['perform'], dryRun: boolean): RecallFunctions['holdRecalledLots'] => {
  const hold = perform(holdRecalledLots, holdOf, dryRun)
  return (idOrName, request, call) => hold({ idOrName, request } satisfies HoldInput, call)
}

/** The functions that recall a lot and hold what is affected. */
export const recallFunctions = ({ store, now, permitted, perform }: Calls): RecallFunctions => ({
  recallLot: (idOrName, input, caller) =>
    Effect.gen(function* () {
      yield* permitted(caller, read)
      const { request, violations } = readRecallQuery(input)
      const invalid = whyInvalid(violations)
      if (invalid !== undefined) return yield* Effect.fail<Refusal>(invalid)
      const lot = lotToTrace(idOrName, request.material)
      if (lot === undefined) return yield* Effect.fail<Refusal>(nameAlone(idOrName))
      const recall: RecallView | undefined = yield* store.trace(() => recallLot(lot, request, now()))
      return recall ?? (yield* Effect.fail<Refusal>(new NotFound({ kind: 'lot', idOrName })))
    }),
  holdRecalledLots: holding(perform, false),
})
