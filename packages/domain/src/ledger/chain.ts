import type { Ulid } from '../identifiers/ulid.ts'
import type { LotStatus } from '../lot/lot-status.ts'
import type { Change, LotEntry, LotRecord, RecordVersion } from '../lot-record/lot-record.ts'
import type { Instant } from '../time/instant.ts'

/** Makes the SHA-256 of a text (as UTF-8), as 64 lower-case hexadecimal digits. The domain has no such function of its own. */
export type Sha256 = (text: string) => string

/** The hash before the first version: 64 zeros. */
export const firstHash = '0'.repeat(64)

// The order of the fields in the canonical content. It is part of the chain: new fields are added at the end.
const recordFields = [
  'id',
  'lotRecordType',
  'status',
  'inventoryLotId',
  'secondaryInventoryLotId',
  'sourceLocationId',
  'destinationLocationId',
  'quantity',
  'lotStatus',
  'startDate',
  'endDate',
  'operationRecordId',
  'operationId',
  'inventoryOperationId',
  'inventoryOperationName',
  'productionOrderId',
  'productionOrderName',
  'materialReasonCodeId',
  'shiftRecordId',
  'posted',
  'version',
  'previousStatus',
  'expirationDate',
  'reversalOf',
  'countedQuantity',
  'requestedQuantity',
  'requestedUnitOfMeasureSymbol',
  'consumeRecordId',
  'policy',
  'notes',
  'enabled',
  'spare1',
  'spare2',
  'spare3',
  'createdDate',
  'createdBy',
  'modifiedDate',
  'modifiedBy',
] as const satisfies readonly Exclude<keyof LotRecord, 'reversedBy'>[]

// Every field in its order. JSON leaves out what is undefined, and objects of one shape are written fastest.
const noFields: Readonly<Record<string, unknown>> = Object.fromEntries(recordFields.map((field) => [field, undefined]))

/**
 * The canonical content of a version: JSON with the fields in a fixed order, nulls left out, instants as milliseconds,
 * quantities as millionths, ids as ULIDs. Two stores that hold the same history hold the same text.
 */
export const canonicalContent = (version: RecordVersion): string => {
  const record: Record<string, unknown> = { ...noFields }
  for (const field of recordFields) {
    const value = version.record[field]
    if (value !== null) record[field] = value
  }
  return JSON.stringify({
    record,
    stock: version.stockEntries.map((e) => [e.locationId, e.lotId, e.quantity, e.effectiveDate]),
    lots: version.lotEntries.map((e) => [e.lotId, e.effectiveDate, e.status, e.expiration, e.closed, e.total]),
    takesBack: version.takesBack.map((e) => [e.consumeRecordId, e.quantity]),
    writtenDate: version.writtenDate,
    writtenBy: version.writtenBy,
  })
}

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
