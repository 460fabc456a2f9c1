import type { Ulid } from '../identifiers/ulid.ts'
import type { LotStatus } from '../lot/lot-status.ts'
import type { Change, LotEntry, LotRecord, RecordVersion } from '../lot-record/lot-record.ts'
import type { Instant } from '../time/instant.ts'

/** Makes the SHA-256 of a text (as UTF-8), as 64 lower-case hexadecimal digits. The domain has no such function of its own. */
export type Sha256 = (text: string) => string

/** The hash before the first version: 64 zeros. */
export const firstHash = '0'.repeat(64)

// The order of the fields in the canonical content. It is part of the chain: new fields are added at the end. JSON leaves
// out what is undefined. Written out, since reading fields by computed names costs more than all the rest.
const contentOf = (r: Omit<LotRecord, 'reversedBy'>) => ({
  id: r.id,
  lotRecordType: r.lotRecordType,
  status: r.status,
  inventoryLotId: r.inventoryLotId,
  secondaryInventoryLotId: r.secondaryInventoryLotId ?? undefined,
  sourceLocationId: r.sourceLocationId ?? undefined,
  destinationLocationId: r.destinationLocationId ?? undefined,
  quantity: r.quantity ?? undefined,
  lotStatus: r.lotStatus ?? undefined,
  startDate: r.startDate,
  endDate: r.endDate ?? undefined,
  operationRecordId: r.operationRecordId ?? undefined,
  operationId: r.operationId ?? undefined,
  inventoryOperationId: r.inventoryOperationId ?? undefined,
  inventoryOperationName: r.inventoryOperationName ?? undefined,
  productionOrderId: r.productionOrderId ?? undefined,
  productionOrderName: r.productionOrderName ?? undefined,
  materialReasonCodeId: r.materialReasonCodeId ?? undefined,
  shiftRecordId: r.shiftRecordId ?? undefined,
  posted: r.posted,
  version: r.version,
  previousStatus: r.previousStatus ?? undefined,
  expirationDate: r.expirationDate ?? undefined,
  reversalOf: r.reversalOf ?? undefined,
  countedQuantity: r.countedQuantity ?? undefined,
  requestedQuantity: r.requestedQuantity ?? undefined,
  requestedUnitOfMeasureSymbol: r.requestedUnitOfMeasureSymbol ?? undefined,
  consumeRecordId: r.consumeRecordId ?? undefined,
  policy: r.policy,
  notes: r.notes ?? undefined,
  enabled: r.enabled,
  spare1: r.spare1 ?? undefined,
  spare2: r.spare2 ?? undefined,
  spare3: r.spare3 ?? undefined,
  createdDate: r.createdDate,
  createdBy: r.createdBy,
  modifiedDate: r.modifiedDate ?? undefined,
  modifiedBy: r.modifiedBy ?? undefined,
})

const recordFields = Object.keys(contentOf({} as LotRecord)) as readonly (keyof LotRecord)[]

/**
 * The canonical content of a version: JSON with the fields in a fixed order, nulls left out, instants as milliseconds,
 * quantities as millionths, ids as ULIDs. Two stores that hold the same history hold the same text.
 */
export const canonicalContent = (version: RecordVersion): string =>
  JSON.stringify({
    record: contentOf(version.record),
    stock: version.stockEntries.map((e) => [e.locationId, e.lotId, e.quantity, e.effectiveDate]),
    lots: version.lotEntries.map((e) => [e.lotId, e.effectiveDate, e.status, e.expiration, e.closed, e.total]),
    takesBack: version.takesBack.map((e) => [e.consumeRecordId, e.quantity]),
    writtenDate: version.writtenDate,
    writtenBy: version.writtenBy,
  })

interface Content {
  readonly record: Partial<LotRecord>
  readonly stock: readonly (readonly [Ulid, Ulid, number, Instant])[]
  readonly lots: readonly (readonly [
    Ulid,
    Instant,
    Change<LotStatus> | null,
    Change<Instant | null> | null,
    Change<Instant | null> | null,
    number,
  ])[]
  readonly takesBack: readonly (readonly [Ulid, number])[]
  readonly writtenDate: Instant
  readonly writtenBy: string
}

/** Reads canonical content back into a version. `reversedBy` is null: it is derived from other records. */
export const readContent = (text: string): RecordVersion => {
  const content = JSON.parse(text) as Content
  const record: Record<string, unknown> = { reversedBy: null }
  for (const field of recordFields) record[field] = content.record[field] ?? null
  return {
    record: record as unknown as LotRecord,
    stockEntries: content.stock.map(([locationId, lotId, quantity, at]) => ({
      locationId,
      lotId,
      quantity,
      effectiveDate: at,
    })),
    lotEntries: content.lots.map(
      ([lotId, at, status, expiration, closed, total]): LotEntry => ({
        lotId,
        effectiveDate: at,
        status,
        expiration,
        closed,
        total,
      }),
    ),
    takesBack: content.takesBack.map(([consumeRecordId, quantity]) => ({ consumeRecordId, quantity })),
    writtenDate: content.writtenDate,
    writtenBy: content.writtenBy,
  }
}

/** The hash of a version: SHA-256 over the sequence, the hash before it and its canonical content. */
export const chainHash = (sha256: Sha256, before: string, sequence: number, content: string): string =>
  sha256(`${sequence}\n${before}\n${content}`)
