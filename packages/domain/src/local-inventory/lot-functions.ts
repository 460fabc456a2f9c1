import { Effect } from 'effect'
import { whyInvalid } from '../actions/action.ts'
import { deleteLot, referencesTo } from '../actions/delete-lot.ts'
import { readUlid } from '../identifiers/ulid.ts'
import type { Caller, LotFunctions } from '../inventory.ts'
import { findLot, type LotRef } from '../known.ts'
import { queryPage, readFindLots } from '../queries/find-lots.ts'
import { newLotHistoryRequest, readLotHistory, readLotQuery, toRef } from '../queries/queries.ts'
import { type Refusal, ValidationFailed } from '../refusals.ts'
import type { LotView } from '../views/lot-view.ts'
import { historyView } from '../views/record-view.ts'
import { viewOfLot } from './answers.ts'
import { type Calls, read } from './calls.ts'
import { everyRow } from './whole-functions.ts'

/** The functions that find lots and what happened to them. */
export const lotFunctions = ({ store, now, permitted, perform, find, look, notThere }: Calls): LotFunctions => {
  const lotByRef = (ref: LotRef, idOrName: string, caller: Caller): Effect.Effect<LotView, Refusal> =>
    look('lot', idOrName, caller, { lots: [ref] }, (known) => {
      const item = findLot(known, ref)
      return item && viewOfLot(known, item, now())
    })

  return {
    getLot: (id, caller) => {
      const ulid = readUlid(id)
      return ulid === undefined ? notThere('lot', id, caller) : lotByRef({ id: ulid }, id, caller)
    },
    getLotByIdOrNameAndMaterial: (idOrName, materialIdOrPath, caller) => {
      if (idOrName === null || idOrName === '') {
        const missing = new ValidationFailed({ violations: { idOrName: ['is required'] } })
        return Effect.andThen(permitted(caller, read), Effect.fail<Refusal>(missing))
      }
      const ref = toRef(idOrName)
      if ('id' in ref) return lotByRef(ref, idOrName, caller)
      const material = materialIdOrPath === '' ? null : materialIdOrPath
      return material === null
        ? notThere('lot (a name needs its material)', idOrName, caller)
        : lotByRef({ name: ref.name, material: toRef(material) }, idOrName, caller)
    },
    listLots: find((input) => readLotQuery(input, now()), store.findLots),
    findLots: (input, caller) => {
      const { request, violations } = readFindLots(input, now())
      const refusal = whyInvalid(violations)
      return Effect.andThen(
        permitted(caller, read),
        refusal === undefined
          ? Effect.map(store.searchLots(request), ({ items, total }) => queryPage(items, total, request))
          : Effect.fail<Refusal>(refusal),
      )
    },
    newLotHistoryRequest,
    getLotHistory: (input, caller) =>
      Effect.gen(function* () {
        yield* permitted(caller, read)
        const { request, violations } = readLotHistory(input)
        const invalid = whyInvalid(violations)
        if (invalid !== undefined) return yield* Effect.fail<Refusal>(invalid)
        const records = yield* everyRow((after) => store.findRecords({ ...request, after }))
        return records.map(historyView)
      }),
    getInventoryLotReferences: (idText, caller) => {
      const id = readUlid(idText)
      if (id === undefined) return notThere('lot', idText, caller)
      return look('lot', idText, caller, { lots: [{ id }], referencesTo: [id] }, (known) =>
        known.lots.has(id) ? referencesTo(known, id) : undefined,
      )
    },
    deleteLot: (id, call) => perform(deleteLot, () => ({ id }))({ id }, call),
  }
}
