import type { Ulid } from '../../identifiers/ulid.ts'
import type { Tables } from './tables.ts'

// What a database keeps by its constraints. A decision that breaks one is a bug of ours, so it throws.

const refuseTwins = <A>(
  before: ReadonlyMap<Ulid, A>,
  after: ReadonlyMap<Ulid, A>,
  what: string,
  nameOf: (item: A) => string,
): void => {
  if (before === after) return
  for (const [id, item] of after) {
    const stored = before.get(id)
    const name = nameOf(item)
    if (stored === item || (stored !== undefined && nameOf(stored) === name)) continue
    for (const [other, twin] of after)
      if (other !== id && nameOf(twin) === name) throw new Error(`${what} ${name} would exist twice`)
  }
}

const refuseMissing = (all: ReadonlyMap<Ulid, unknown>, ids: readonly (Ulid | null)[], what: string): void => {
  for (const id of ids) if (id !== null && !all.has(id)) throw new Error(`there is no ${what} ${id} to refer to`)
}

const refuseLooseEnds = (before: Tables, after: Tables): void => {
  for (const [id, item] of after.lots) {
    if (before.lots.get(id) === item) continue
    refuseMissing(after.materials, [item.lot.materialId], 'material')
    refuseMissing(after.units, [item.lot.unitOfMeasureId], 'unit')
    refuseMissing(after.locations, [...item.rows.keys()], 'location')
  }
  for (const [id, { rows }] of before.lots)
    if (!after.lots.has(id) && (rows.size > 0 || after.recordsByLot.has(id)))
      throw new Error(`lot ${id} is referred to and would be deleted`)
  for (const { version } of after.versions.slice(before.versions.length)) {
    const { record, stockEntries, lotEntries, takesBack } = version
    const entries = [...stockEntries, ...lotEntries]
    const lotIds = [record.inventoryLotId, record.secondaryInventoryLotId, ...entries.map(({ lotId }) => lotId)]
    const places = [record.sourceLocationId, record.destinationLocationId, ...stockEntries.map((e) => e.locationId)]
    refuseMissing(after.lots, lotIds, 'lot')
    refuseMissing(after.locations, places, 'location')
    refuseMissing(after.reasonCodes, [record.materialReasonCodeId], 'reason code')
    refuseMissing(after.records, [record.reversalOf, ...takesBack.map((t) => t.consumeRecordId)], 'lot record')
  }
}

const refuseSkippedVersions = (before: Tables, after: Tables): void => {
  for (const { version } of after.versions.slice(before.versions.length)) {
    const { id } = version.record
    const written = after.records.get(id)?.versions ?? []
    if (written.some(({ version: { record } }, index) => record.version !== index + 1))
      throw new Error(`the versions of lot record ${id} do not count from 1`)
  }
}

/** Throws where tables hold twins, references to nothing, or versions with gaps. */
export const refuseBrokenTables = (before: Tables, after: Tables): void => {
  refuseTwins(before.lots, after.lots, 'lot', ({ lot }) => `${lot.materialId} ${lot.name}`)
  refuseTwins(before.locations, after.locations, 'location', ({ path }) => path)
  refuseTwins(before.materials, after.materials, 'material', ({ path }) => path)
  refuseTwins(before.units, after.units, 'unit', ({ name }) => name)
  refuseTwins(before.units, after.units, 'unit with the symbol', ({ symbol }) => symbol)
  refuseTwins(before.reasonCodes, after.reasonCodes, 'reason code', (r) => `${r.lotRecordType} ${r.reasonCode}`)
  refuseLooseEnds(before, after)
  refuseSkippedVersions(before, after)
}
