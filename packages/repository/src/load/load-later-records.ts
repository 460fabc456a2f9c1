import type { LaterRecord, LotStatus, Shipped, Ulid } from '@lotbook/domain'
import { type Kysely, sql } from 'kysely'
import { all, first, type Program, type Step } from '../program.ts'
import { isLive } from '../rows/live.ts'
import { lookup, statement } from '../statement.ts'
import type { Tables } from '../tables.ts'
import type { Keys } from './loaded.ts'

interface After {
  readonly lot: number
  readonly sequence: number
}

interface Later {
  readonly id: Ulid
  readonly lotRecordType: LaterRecord['lotRecordType']
  readonly postedSequence: number
}

const inOrder = (found: readonly (Later & { readonly lotId: Ulid })[]): readonly LaterRecord[] =>
  found
    .toSorted((left, right) => left.postedSequence - right.postedSequence)
    .map(({ id, lotRecordType, lotId }) => ({ id, lotRecordType, lotId }))

/** When the last live change of a lot's status was effective. */
export const lastStatusChangeOf = (db: Kysely<Tables>) =>
  lookup((p: { readonly ulid: Ulid }) =>
    db
      .selectFrom('lot')
      .select((lot) =>
        lot
          .selectFrom('lot_entry')
          .innerJoin('lot_record', 'lot_record.id', 'lot_entry.record')
          .select(sql<number | null>`max(lot_record.effective_at)`.as('at'))
          .whereRef('lot_entry.lot', '=', 'lot.id')
          .where('lot_entry.status_to', 'is not', null)
          .whereRef('lot_entry.status_from', '<>', 'lot_entry.status_to')
          .where(isLive('lot_record'))
          .as('at'),
      )
      .where('lot.ulid', '=', p.ulid),
  )

/** Finds the live records that came after another one. */
export const makeLoadLaterRecords = (db: Kysely<Tables>) => {
  const shown = [
    'lot_record.ulid as id',
    'lot_record.type as lotRecordType',
    sql<number>`lot_record.posted_sequence`.as('postedSequence'),
  ] as const

  const postings = lookup((p: After) =>
    db
      .selectFrom('stock_entry')
      .innerJoin('lot_record', 'lot_record.id', 'stock_entry.record')
      .select(shown)
      .distinct()
      .where('stock_entry.lot', '=', p.lot)
      .where('stock_entry.sequence', '>', p.sequence)
      .where('lot_record.posted_sequence', '>', p.sequence)
      .where(isLive('lot_record')),
  )
  const changesOfLot = ({ lot, sequence }: After) =>
    db
      .selectFrom('lot_entry')
      .innerJoin('lot_record', 'lot_record.id', 'lot_entry.record')
      .select(shown)
      .distinct()
      .where('lot_entry.lot', '=', lot)
      .where('lot_entry.sequence', '>', sequence)
      .where('lot_record.posted_sequence', '>', sequence)
  const changesOfStatus = (p: After) =>
    changesOfLot(p)
      .where('lot_entry.status_to', 'is not', null)
      .whereRef('lot_entry.status_from', '<>', 'lot_entry.status_to')
  const statusChanges = lookup((p: After) => changesOfStatus(p).where(isLive('lot_record')))
  const statusReversals = lookup((p: After) => changesOfStatus(p).where('lot_record.reversal_of', 'is not', null))
  const confirmations = statement((p: After & { readonly status: LotStatus }) =>
    changesOfLot(p)
      .where('lot_entry.status_to', '=', p.status)
      .where('lot_entry.status_from', '=', p.status)
      .where(isLive('lot_record')),
  )
  const dates = statement((p: After) =>
    changesOfLot(p).where('lot_entry.sets_expiration', '=', 1).where(isLive('lot_record')),
  )
  const shipped = statement((p: { readonly lot: number }) =>
    db
      .selectFrom('lot_entry')
      .innerJoin('lot_record', 'lot_record.id', 'lot_entry.record')
      .select(['lot_record.ulid as id', 'lot_entry.status_from as from'])
      .where('lot_entry.lot', '=', p.lot)
      .where('lot_entry.status_to', '=', 'SHIPPED')
      .where('lot_entry.status_from', '<>', 'SHIPPED')
      .where(isLive('lot_record'))
      .orderBy('lot_entry.sequence')
      .orderBy('lot_entry.position'),
  )
  const firstStatus = statement((p: After) =>
    db
      .selectFrom('lot_entry')
      .select('status_from as status')
      .where('lot', '=', p.lot)
      .where('status_to', 'is not', null)
      .where('sequence', '>=', p.sequence)
      .orderBy('sequence')
      .orderBy('position')
      .limit(1),
  )
  const takersBack = statement((p: { readonly record: number }) =>
    db
      .selectFrom('take_back')
      .innerJoin('lot_record', 'lot_record.id', 'take_back.record')
      .innerJoin('lot', 'lot.id', 'lot_record.lot')
      .select(['lot_record.ulid as id', 'lot_record.type as lotRecordType', 'lot.ulid as lotId'])
      .where('take_back.consume_record', '=', p.record)
      .where('lot_record.type', '=', 'UNCONSUME')
      .where(isLive('lot_record'))
      .groupBy(['lot_record.id', 'lot_record.ulid', 'lot_record.type', 'lot.ulid'])
      .having(sql<number>`sum(take_back.quantity)`, '>', 0)
      .orderBy('lot_record.id'),
  )
  const lastStatusChanges = statement((p: { readonly lot: number; readonly limit: number }) =>
    db
      .selectFrom('lot_entry')
      .innerJoin('lot_record', 'lot_record.id', 'lot_entry.record')
      .select(['lot_record.id as record', 'lot_record.effective_at as at'])
      .distinct()
      .where('lot_entry.lot', '=', p.lot)
      .where('lot_entry.status_to', 'is not', null)
      .whereRef('lot_entry.status_from', '<>', 'lot_entry.status_to')
      .where(isLive('lot_record'))
      .orderBy('lot_record.effective_at', 'desc')
      .limit(p.limit),
  )

  // A maximum needs no sorting, which is most of the work of the other.
  const lastStatusChange = lastStatusChangeOf(db)

  function* loadLater(
    keys: Keys,
    lots: readonly Ulid[],
    sequence: number,
    statements: (after: After) => ReturnType<typeof postings>,
  ): Program<readonly LaterRecord[]> {
    // What has not posted has nothing that a later record could stand in the way of.
    if (sequence === 0) return []
    const found: (Later & { readonly lotId: Ulid })[] = []
    for (const lotId of lots) {
      const lot = keys.lots.get(lotId)
      if (lot === undefined) continue
      for (const later of yield* all(statements({ lot, sequence }))) found.push({ ...later, lotId })
    }
    return inOrder(found)
  }

  /** What the first change since the sequence says that the status was; null where it never changed. */
  function* loadStatusThen(keys: Keys, lotId: Ulid, sequence: number): Program<LotStatus | null> {
    const lot = keys.lots.get(lotId)
    return lot === undefined ? null : ((yield* first(firstStatus({ lot, sequence })))?.status ?? null)
  }

  function* loadShipped(keys: Keys, lots: readonly Ulid[]): Program<readonly Shipped[]> {
    const found: Shipped[] = []
    for (const lotId of lots) {
      const lot = keys.lots.get(lotId)
      if (lot === undefined) continue
      for (const { id, from } of yield* all(shipped({ lot }))) if (from !== null) found.push({ id, lotId, from })
    }
    return found
  }

  function* loadLastStatusChange(ulid: Ulid, lot: number, except: ReadonlySet<number>): Program<number | null> {
    if (except.size === 0) return (yield* first(lastStatusChange({ ulid })))?.at ?? null
    const found = yield* all(lastStatusChanges({ lot, limit: except.size + 1 }))
    return found.find(({ record }) => !except.has(record))?.at ?? null
  }

  return {
    /** Live records that posted stock of these lots after the sequence. */
    loadLaterPostings: (keys: Keys, lots: readonly Ulid[], sequence: number) =>
      loadLater(keys, lots, sequence, postings),
    /** Live records that changed the status of these lots after the sequence. */
    loadLaterStatusChanges: (keys: Keys, lots: readonly Ulid[], sequence: number) =>
      loadLater(keys, lots, sequence, statusChanges),
    /** Live records that gave these lots a status that they had already after the sequence. */
    loadLaterConfirmations: (keys: Keys, lots: readonly Ulid[], sequence: number, status: LotStatus) =>
      loadLater(keys, lots, sequence, (after) => confirmations({ ...after, status })),
    /** Live records that gave these lots another expiration date after the sequence. */
    loadLaterDates: (keys: Keys, lots: readonly Ulid[], sequence: number) => loadLater(keys, lots, sequence, dates),
    /** Reversals that changed the status of these lots after the sequence. */
    loadLaterStatusReversals: (keys: Keys, lots: readonly Ulid[], sequence: number) =>
      loadLater(keys, lots, sequence, statusReversals),
    loadStatusThen,
    /** What made these lots SHIPPED, lot by lot and the last one last. */
    loadShipped,
    /** Live UNCONSUME records that took back some of a CONSUME record. */
    loadTakersBack: (record: number): Step<readonly LaterRecord[]> => all(takersBack({ record })),
    /** The effective time of the last live change of a lot's status, by other records than those given. */
    loadLastStatusChange,
  }
}
/** What `makeLoadLaterRecords` makes. */
export type LoadLaterRecords = ReturnType<typeof makeLoadLaterRecords>
