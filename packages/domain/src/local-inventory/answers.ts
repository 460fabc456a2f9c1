import type { ActionAnswer, Preview } from '../inventory.ts'
import { type Known, type KnownLot, onHand } from '../known.ts'
import type { RecordVersion } from '../lot-record/lot-record.ts'
import type { Instant } from '../time/instant.ts'
import { inventoryView, type LotView, lotView } from '../views/lot-view.ts'
import { namesFromKnown, type RecordView, recordView } from '../views/record-view.ts'

/** What a change came to: what was true before and after, and the versions with their sequences. */
export interface Done {
  readonly before: Known
  readonly after: Known
  readonly versions: readonly RecordVersion[]
  /** Which of the versions are the answer. */
  readonly answers: readonly number[]
  readonly sequences: readonly (number | null)[]
  readonly now: Instant
}

const recordAt = ({ after, versions, sequences }: Done, place: number): RecordView => {
  const { record } = versions[place] as RecordVersion
  return recordView(record, sequences[place] ?? null, namesFromKnown(after, record))
}

/** The record that a change answers with. */
export const recordOf = (done: Done): RecordView => recordAt(done, done.answers[0] ?? 0)
/** The records that a change answers with, in their order. */
export const recordsOf = (done: Done): readonly RecordView[] => done.answers.map((place) => recordAt(done, place))
/** The record, or a list of them where several were allowed: of several lots, or of a cascade. */
export const actionAnswer = (done: Done, request: unknown): ActionAnswer => {
  const { allowMultiple, cascade } = request as { readonly allowMultiple?: unknown; readonly cascade?: unknown }
  return allowMultiple === true || cascade === true ? { items: recordsOf(done) } : recordOf(done)
}

/** A lot with its stock. */
export const viewOfLot = (known: Known, item: KnownLot, now: Instant): LotView => {
  const material = known.materials.get(item.lot.materialId)
  const unit = known.units.get(item.lot.unitOfMeasureId)
  if (material === undefined || unit === undefined) throw new Error('a lot was loaded without its material and unit')
  return lotView(item.lot, material, unit, onHand(item), now)
}

/** What would be true after a change that is not made. */
export const previewOf = (done: Done): Preview => {
  const { before, after, versions, now } = done
  const changed = [...after.lots.values()].filter((item) => before.lots.get(item.lot.id) !== item)
  const lots = changed.map((item) => {
    const view = viewOfLot(after, item, now)
    return before.lots.has(item.lot.id) ? view : { ...view, id: null }
  })
  const balances = changed.flatMap(({ lot, rows }) =>
    [...rows.values()].flatMap((row) => {
      const old = before.lots.get(lot.id)?.rows.get(row.locationId)
      const location = after.locations.get(row.locationId)
      const material = after.materials.get(lot.materialId)
      const unit = after.units.get(lot.unitOfMeasureId)
      if (old === row || location === undefined || material === undefined || unit === undefined) return []
      const view = inventoryView(row, lot, location, material, unit, now)
      return [old === undefined ? { ...view, id: null } : view]
    }),
  )
  const records = (versions.length === 0 ? [] : done.answers).map((place) => {
    const view = { ...recordAt(done, place), sequence: null }
    return view.version === 1 ? { ...view, id: null } : view
  })
  return { record: records[0] ?? null, records, balances, lots }
}
