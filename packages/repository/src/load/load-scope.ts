import { effectiveDate, idsOfLots, type LotRef, type Scope } from '@lotbook/domain'
import type { Dialect } from '../dialect.ts'
import type { LedgerHead } from '../ledger-head.ts'
import type { Program } from '../program.ts'
import type { AnswerWalk } from '../trace/answer-walk.ts'
import { makeLoadAffected } from './load-affected.ts'
import { makeLoadAges } from './load-ages.ts'
import { makeLoadArrivals } from './load-arrivals.ts'
import { makeLoadBelowZero } from './load-below-zero.ts'
import { makeLoadConversions } from './load-conversions.ts'
import { makeLoadLaterRecords } from './load-later-records.ts'
import { makeLoadLots } from './load-lots.ts'
import { makeLoadMasterData } from './load-master-data.ts'
import { makeLoadNames } from './load-names.ts'
import { makeLoadPostings } from './load-postings.ts'
import { makeLoadRecords } from './load-records.ts'
import { makeLoadTimelines } from './load-timelines.ts'
import { type Loaded, nothingLoaded } from './loaded.ts'
import { makeMasterCache } from './master-cache.ts'

// The timelines go back to the earliest thing that a record of the scope did: correcting or reversing it posts then.
const earliest = ({ records }: Loaded, since: number | undefined): number => {
  let least = since ?? Number.POSITIVE_INFINITY
  for (const { record, stockEntries } of records.values()) {
    least = Math.min(least, effectiveDate(record))
    for (const entry of stockEntries) least = Math.min(least, entry.effectiveDate)
  }
  return least
}

// Correcting or reversing an UNCONSUME looks at what else of its lot may be taken back.
const lotsTakenBack = ({ records }: Loaded): readonly LotRef[] =>
  Array.from(records.values())
    .filter(({ record }) => record.lotRecordType === 'UNCONSUME')
    .map(({ record }) => ({ id: record.inventoryLotId }))

/** Reads what a scope names, with what that refers to. What does not exist is left out. */
export const makeLoadScope = (dialect: Dialect, answerWalk: AnswerWalk) => {
  const { db } = dialect
  const masterData = makeLoadMasterData(db)
  const lots = makeLoadLots(db, masterData)
  const loadAffected = makeLoadAffected(dialect, lots, answerWalk)
  const arrivals = makeLoadArrivals(db, { ...masterData, ...lots })
  const { loadBelowZero } = makeLoadBelowZero(db, { ...masterData, ...lots })
  const records = makeLoadRecords(db, {
    ...masterData,
    ...lots,
    ...arrivals,
    ...makeLoadPostings(db),
    ...makeLoadLaterRecords(db),
  })
  const { loadConversions, loadMaterialOf } = makeLoadConversions(db, masterData)
  const loadNames = makeLoadNames(db)
  const { loadAges, loadAgesOfAll } = makeLoadAges(db)
  const { loadTimelines } = makeLoadTimelines(db)

  const remembered = makeMasterCache()

  return function* loadScope(scope: Scope, head: LedgerHead): Program<Loaded> {
    const loaded = nothingLoaded(head.policy, remembered(head))
    for (const ref of scope.lots ?? []) yield* lots.loadLot(loaded, ref)
    if (scope.affectedBy !== undefined) yield* loadAffected(loaded, scope.affectedBy)
    for (const id of scope.rows ?? []) yield* lots.loadLotOfRow(loaded, id)
    for (const ref of scope.locations ?? []) yield* masterData.loadLocation(loaded, ref)
    for (const ref of scope.stockAt ?? []) {
      const location = yield* lots.loadStockAt(loaded, ref)
      if (location !== undefined) yield* loadAges(loaded, location)
    }
    for (const ref of scope.arrivesAt ?? []) yield* arrivals.loadArrival(loaded, ref)
    for (const ref of scope.belowZeroAt ?? []) yield* loadBelowZero(loaded, ref)
    if (scope.convertedStock === true) yield* arrivals.loadConvertedStock(loaded)
    if (scope.agesOfAll === true) yield* loadAgesOfAll(loaded)
    for (const ref of scope.materials ?? []) yield* masterData.loadMaterial(loaded, ref)
    for (const id of scope.unitConversions ?? []) yield* loadMaterialOf(loaded, id)
    for (const ref of scope.units ?? []) yield* masterData.loadUnit(loaded, ref)
    for (const ref of scope.reasonCodes ?? []) yield* masterData.loadReasonCode(loaded, ref)
    for (const id of scope.records ?? []) yield* records.loadRecord(loaded, id)
    if (scope.conversions === true || loaded.limiting.size > 0) yield* loadConversions(loaded)
    for (const numbering of scope.numbering ?? []) yield* loadNames(loaded, numbering)
    const takers = lotsTakenBack(loaded)
    const only = takers.length > 0 ? undefined : scope.consumptions
    yield* records.loadConsumptions(loaded, [...(scope.consumptionsOf ?? []), ...takers], scope.consumptionsUpTo, only)
    const lotsOfRecords = loaded.records.size === 0 ? [] : loaded.lots.keys()
    const named = idsOfLots(loaded, scope.lastStatusChangeOf ?? [])
    yield* records.loadLastStatusChanges(loaded, [...named, ...lotsOfRecords])
    if (scope.referencesTo !== undefined) yield* records.loadReferences(loaded, scope.referencesTo)
    const since = earliest(loaded, scope.since)
    if (since !== Number.POSITIVE_INFINITY) yield* loadTimelines(loaded, since)
    return loaded
  }
}
/** What `makeLoadScope` makes. */
export type LoadScope = ReturnType<typeof makeLoadScope>
