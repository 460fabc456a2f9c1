import { Effect } from 'effect'
import { whyInvalid } from '../actions/action.ts'
import { deleteLot, referencesTo } from '../actions/delete-lot.ts'
import { lotActionsOf, lotActionsScope } from '../actions/lot-actions.ts'
import { readUlid } from '../identifiers/ulid.ts'
import type { Caller, LotFunctions } from '../inventory.ts'
import { findLot } from '../known.ts'
import { lookedAt } from '../queries/filters.ts'
import { queryPage, readFindLots } from '../queries/find-lots.ts'
import { newLotHistoryRequest, readLotHistory } from '../queries/lot-history.ts'
import { readLotQuery, readMoment } from '../queries/lot-query.ts'
import { toRef } from '../queries/refs.ts'
import { NotFound, nameAlone, type Refusal } from '../refusals.ts'
import type { LotRef } from '../scope.ts'
import type { Moment } from '../store.ts'
import type { LotView } from '../views/lot-view.ts'
import { historyView } from '../views/record-view.ts'
import { viewOfLot } from './answers.ts'
import { type Calls, read } from './calls.ts'
import { everyRow } from './whole-functions.ts'

/** The functions that find lots and what happened to them. */
export const lotFunctions = ({
  store,
  now,
  permitted,
  circumstances,
  perform,
  find,
  look,
  notThere,
}: Calls): LotFunctions => {
  const lotByRef = (ref: LotRef, idOrName: string, caller: Caller): Effect.Effect<LotView, Refusal> =>
    look('lot', idOrName, caller, { lots: [ref] }, (known) => {
      const item = findLot(known, ref)
      return item && viewOfLot(known, item, now())
    })

  const lotAt = (lot: LotRef, moment: Moment, idOrName: string, caller: Caller): Effect.Effect<LotView, Refusal> =>
    Effect.gen(function* () {
      yield* permitted(caller, read)
      const query = { limit: 1, after: null, lot, includeDisabled: true, ...moment, now: lookedAt(moment, now()) }
      const { items } = yield* store.findLots(query)
      return items[0] ?? (yield* Effect.fail<Refusal>(new NotFound({ kind: 'lot', idOrName })))
    })

  return {
    getLot: (id, caller) => {
      const ulid = readUlid(id)
      return ulid === undefined ? notThere('lot', id, caller) : lotByRef({ id: ulid }, id, caller)
    },
    getLotByIdOrNameAndMaterial: (idOrName, materialIdOrPath, caller, moment = {}) => {
      const { request, violations } = readMoment(moment)
      if (idOrName === null || idOrName === '') violations.add('idOrName', 'is required')
      const invalid = whyInvalid(violations)
      if (invalid !== undefined) return Effect.andThen(permitted(caller, read), Effect.fail<Refusal>(invalid))
      const text = idOrName ?? ''
      const material = materialIdOrPath === '' ? null : materialIdOrPath
      const ref = toRef(text)
      if (!('id' in ref) && material === null)
        return Effect.andThen(permitted(caller, read), Effect.fail<Refusal>(nameAlone(text)))
      const lot: LotRef = 'id' in ref ? ref : { ...ref, material: toRef(material ?? '') }
      const isNow = request.asOf === undefined && request.asKnownAt === undefined
      return isNow ? lotByRef(lot, text, caller) : lotAt(lot, request, text, caller)
    },
    getLotActions: (text, caller) => {
      const id = readUlid(text)
      if (id === undefined) return notThere('lot', text, caller)
      const at = now()
      return look('lot', text, caller, lotActionsScope(id, at), (known) => {
        const item = known.lots.get(id)
        return item && lotActionsOf(known, item, circumstances(caller, at))
      })
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
