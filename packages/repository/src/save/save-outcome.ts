import type { FieldChange, Known, Outcome, Sha256 } from '@lotbook/domain'
import type { Dialect } from '../dialect.ts'
import { type LedgerHead, newStamp } from '../ledger-head.ts'
import type { Loaded } from '../load/loaded.ts'
import { execute, type Program } from '../program.ts'
import { makeChangeLog } from './change-log.ts'
import { makeMeet } from './keys.ts'
import { makeSaveLots } from './save-lots.ts'
import { makeSaveMasterData } from './save-master-data.ts'
import { makeSaveVersions } from './save-versions.ts'

const isSameMasterData = (before: Known, after: Known): boolean =>
  before.units === after.units &&
  before.materials === after.materials &&
  before.locations === after.locations &&
  before.reasonCodes === after.reasonCodes &&
  hasSameNames(before.lots, after.lots)

// What is shown of a lot where a record names it.
const hasSameNames = (before: Known['lots'], after: Known['lots']): boolean => {
  for (const [id, { lot }] of after) {
    const was = before.get(id)?.lot
    if (was === undefined || was === lot) continue
    if (was.name !== lot.name || was.materialId !== lot.materialId || was.unitOfMeasureId !== lot.unitOfMeasureId)
      return false
  }
  return true
}

/** Writes an outcome: whatever is not the very object that was loaded, the versions, and the change table. */
export const makeSaveOutcome = (dialect: Dialect, sha256: Sha256) => {
  const meet = makeMeet(dialect.db)
  const saveMasterData = makeSaveMasterData(dialect, meet)
  const { saveLots, deleteLots } = makeSaveLots(dialect, meet)
  const saveVersions = makeSaveVersions(dialect.db, sha256, meet)
  const changeRow = makeChangeLog(dialect.db)

  function* saveChanges(changes: readonly FieldChange[], sequence: number): Program<void> {
    for (const change of changes) yield* execute(changeRow(change, sequence))
  }

  return function* saveOutcome(
    loaded: Loaded,
    outcome: Omit<Outcome<unknown>, 'answer'>,
    before: LedgerHead,
  ): Program<LedgerHead> {
    yield* saveMasterData(loaded, outcome.known)
    yield* saveLots(loaded, outcome.known.lots)
    // A lot that is deleted is found by nobody who names it, also where a list of its records was found before.
    const isSame = isSameMasterData(loaded, outcome.known) && outcome.deletedLots.length === 0
    const head = isSame ? before : { ...before, masterData: newStamp() }
    const after = yield* saveVersions(loaded, outcome.versions, head)
    yield* saveChanges(outcome.changes, after.count)
    yield* deleteLots(loaded, outcome.deletedLots)
    return after
  }
}
