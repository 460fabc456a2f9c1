import { type LotRecord, traceLinksOf } from '@lotbook/domain'
import type { Kysely } from 'kysely'
import type { Keys } from '../load/loaded.ts'
import { execute, type Program } from '../program.ts'
import { insertion, statement } from '../statement.ts'
import type { Tables } from '../tables.ts'
import { keyIn } from './keys.ts'

/** Where a record stood: its own key and those of its lots. */
export interface Stood {
  readonly record: number
  readonly lot: number
  readonly secondaryLot: number | null
}

/** Keeps in step with the records what the trace walks along. What a record leaves there the domain decides. */
export const makeSaveLinks = (db: Kysely<Tables>) => {
  const facts = ['record', 'quantity', 'taken_back', 'effective_at'] as const
  const insertEdge = insertion(db, 'trace_edge', ['from_lot', 'to_lot', ...facts])
  const insertSide = insertion(db, 'trace_operation', ['lot', 'side', 'operation', ...facts])

  interface Edge {
    readonly from: number
    readonly to: number
    readonly record: number
  }
  type Side = Pick<Stood, 'lot' | 'record'>
  const deleteEdge = statement((p: Edge) =>
    db
      .deleteFrom('trace_edge')
      .where('from_lot', '=', p.from)
      .where('to_lot', '=', p.to)
      .where('record', '=', p.record),
  )
  const deleteSides = statement((p: Side) =>
    db
      .deleteFrom('trace_operation')
      .where('lot', '=', p.lot)
      .where('side', 'in', ['consumed', 'produced'])
      .where('record', '=', p.record),
  )

  const consumption = statement((p: Side) =>
    db
      .updateTable('trace_edge')
      .set((row) => ({
        taken_back: row.selectFrom('lot_record').select('taken_back').where('id', '=', p.record),
      }))
      .where('from_lot', '=', p.lot)
      .where('to_lot', '=', (row) => row.selectFrom('lot_record').select('secondary_lot').where('id', '=', p.record))
      .where('record', '=', p.record),
  )
  const consumedSide = statement((p: Side) =>
    db
      .updateTable('trace_operation')
      .set((row) => ({
        taken_back: row.selectFrom('lot_record').select('taken_back').where('id', '=', p.record),
      }))
      .where('lot', '=', p.lot)
      .where('side', '=', 'consumed')
      .where('record', '=', p.record),
  )

  /** Writes what a record as it stands leaves in the trace. */
  function* link(keys: Keys, record: LotRecord, key: number, takenBack: number): Program<void> {
    for (const found of traceLinksOf(record)) {
      const { quantity } = found
      const row = { record: key, quantity, taken_back: takenBack, effective_at: found.effectiveDate }
      if (found.kind === 'edge')
        yield* execute(
          insertEdge({ from_lot: keyIn(keys.lots, found.fromId), to_lot: keyIn(keys.lots, found.toId), ...row }),
        )
      else
        yield* execute(
          insertSide({ lot: keyIn(keys.lots, found.lotId), side: found.kind, operation: found.operationId, ...row }),
        )
    }
  }

  /** Takes away what a record left in the trace. */
  function* unlink({ record, lot, secondaryLot }: Stood): Program<void> {
    yield* execute(deleteSides({ lot, record }))
    if (secondaryLot === null) return
    yield* execute(deleteEdge({ from: lot, to: secondaryLot, record }))
    yield* execute(deleteEdge({ from: secondaryLot, to: lot, record }))
  }

  /** Brings up to date how much of a consumption was taken back. */
  function* relink(lot: number, record: number): Program<void> {
    yield* execute(consumption({ lot, record }))
    yield* execute(consumedSide({ lot, record }))
  }

  return { link, unlink, relink }
}
/** What `makeSaveLinks` makes. */
export type SaveLinks = ReturnType<typeof makeSaveLinks>
