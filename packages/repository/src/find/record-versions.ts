import {
  type LotRecord,
  type RecordNames,
  readContent,
  recordView,
  showInstant,
  type Ulid,
  type VersionView,
} from '@lotbook/domain'
import type { Kysely } from 'kysely'
import { all, first, type Program } from '../program.ts'
import { statement } from '../statement.ts'
import type { Tables } from '../tables.ts'

interface WrittenVersion {
  readonly sequence: number
  readonly content: string
  readonly hash: string
}

/** Reads versions out of what was written then; names are as they are now. */
export const makeRecordVersions = (db: Kysely<Tables>) => {
  interface ByUlid {
    readonly ulid: Ulid
  }
  const versionsOf = statement((p: ByUlid) =>
    db
      .selectFrom('lot_record')
      .innerJoin('record_version', 'record_version.record', 'lot_record.id')
      .select(['record_version.sequence', 'record_version.content', 'record_version.hash'])
      .where('lot_record.ulid', '=', p.ulid)
      .orderBy('record_version.version'),
  )
  const versionsFrom = statement((p: { readonly sequence: number; readonly limit: number }) =>
    db
      .selectFrom('record_version')
      .select(['sequence', 'content', 'hash'])
      .where('sequence', '>', p.sequence)
      .orderBy('sequence')
      .limit(p.limit),
  )
  const lotNames = statement((p: ByUlid) =>
    db
      .selectFrom('lot')
      .innerJoin('material', 'material.id', 'lot.material')
      .innerJoin('unit', 'unit.id', 'lot.unit')
      .select(['lot.name', 'material.ulid as materialId', 'material.path as materialPath'])
      .select(['unit.ulid as unitOfMeasureId', 'unit.name as unitOfMeasureName', 'unit.symbol as unitOfMeasureSymbol'])
      .where('lot.ulid', '=', p.ulid),
  )
  const pathOf = statement((p: ByUlid) => db.selectFrom('location').select('path as name').where('ulid', '=', p.ulid))
  const reasonOf = statement((p: ByUlid) =>
    db.selectFrom('reason_code').select('reason_code as name').where('ulid', '=', p.ulid),
  )

  function* nameBehind(named: typeof pathOf, ulid: Ulid | null): Program<string | null> {
    return ulid === null ? null : ((yield* first(named({ ulid })))?.name ?? null)
  }

  function* namesOf(record: LotRecord): Program<RecordNames> {
    const lot = yield* first(lotNames({ ulid: record.inventoryLotId }))
    if (lot === undefined) throw new Error(`lot ${record.inventoryLotId} of record ${record.id} is gone`)
    const { name, ...ofLot } = lot
    const second = record.secondaryInventoryLotId
    return {
      ...ofLot,
      inventoryLotName: name,
      secondaryInventoryLotName: second === null ? null : ((yield* first(lotNames({ ulid: second })))?.name ?? null),
      sourceLocationPath: yield* nameBehind(pathOf, record.sourceLocationId),
      destinationLocationPath: yield* nameBehind(pathOf, record.destinationLocationId),
      materialReasonCodeName: yield* nameBehind(reasonOf, record.materialReasonCodeId),
    }
  }

  function* viewsOf(written: readonly WrittenVersion[]): Program<readonly VersionView[]> {
    const views: VersionView[] = []
    for (const { sequence, content, hash } of written) {
      const { record, writtenDate, writtenBy } = readContent(content)
      views.push({
        version: record.version,
        sequence,
        writtenDate: showInstant(writtenDate),
        writtenBy,
        hash,
        record: recordView(record, sequence, yield* namesOf(record)),
      })
    }
    return views
  }

  function* recordVersions(ulid: Ulid): Program<readonly VersionView[]> {
    return yield* viewsOf(yield* all(versionsOf({ ulid })))
  }
  function* versionsAfter(sequence: number, limit: number): Program<readonly VersionView[]> {
    return yield* viewsOf(yield* all(versionsFrom({ sequence, limit })))
  }
  return { recordVersions, versionsAfter }
}
