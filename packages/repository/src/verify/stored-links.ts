import type { StoredLink, Ulid } from '@lotbook/domain'
import { type Kysely, sql } from 'kysely'
import { all, first, type Program } from '../program.ts'
import { statement } from '../statement.ts'
import type { Tables } from '../tables.ts'

interface Range {
  readonly after: number
  readonly upTo: number
}

const gone = '' as Ulid

/** Reads what is kept for the trace, by record. A link that stands between other lots than the record's is only counted. */
export const makeStoredLinks = (db: Kysely<Tables>) => {
  const edges = (from: 'lot' | 'secondary_lot', to: 'lot' | 'secondary_lot') =>
    statement((p: Range) =>
      db
        .selectFrom('lot_record as r')
        .innerJoin('trace_edge as e', (join) =>
          join.onRef('e.from_lot', '=', `r.${from}`).onRef('e.to_lot', '=', `r.${to}`).onRef('e.record', '=', 'r.id'),
        )
        .leftJoin('lot as source', 'source.id', 'e.from_lot')
        .leftJoin('lot as target', 'target.id', 'e.to_lot')
        .select(['e.record', 'e.quantity', 'e.taken_back', 'e.effective_at'])
        .select(['source.ulid as source', 'target.ulid as target'])
        .where('r.id', '>', p.after)
        .where('r.id', '<=', p.upTo),
    )
  const edgeStatements = [edges('lot', 'secondary_lot'), edges('secondary_lot', 'lot')]
  const sides = statement((p: Range) =>
    db
      .selectFrom('lot_record as r')
      .innerJoin('trace_operation as o', (join) => join.onRef('o.lot', '=', 'r.lot').onRef('o.record', '=', 'r.id'))
      .leftJoin('lot', 'lot.id', 'o.lot')
      .select(['o.record', 'o.side', 'o.operation', 'o.quantity', 'o.taken_back', 'o.effective_at', 'lot.ulid as lot'])
      // Spares going through all operations of a lot.
      .where(sql<boolean>`o.side in ('consumed', 'produced') and o.operation in (r.operation, r.operation_record)`)
      .where('r.id', '>', p.after)
      .where('r.id', '<=', p.upTo),
  )
  const edgeCount = statement(() => db.selectFrom('trace_edge').select((row) => row.fn.countAll<number>().as('rows')))
  const sideCount = statement(() =>
    db.selectFrom('trace_operation').select((row) => row.fn.countAll<number>().as('rows')),
  )

  function* inRange(range: Range): Program<ReadonlyMap<number, readonly StoredLink[]>> {
    const links = new Map<number, StoredLink[]>()
    const add = (record: number, link: StoredLink): void => {
      const others = links.get(record)
      if (others === undefined) links.set(record, [link])
      else others.push(link)
    }
    for (const edgesIn of edgeStatements)
      for (const row of yield* all(edgesIn(range)))
        add(row.record, {
          kind: 'edge',
          fromId: row.source ?? gone,
          toId: row.target ?? gone,
          quantity: row.quantity,
          takenBack: row.taken_back,
          effectiveDate: row.effective_at,
        })
    for (const row of yield* all(sides(range)))
      add(row.record, {
        kind: row.side,
        lotId: row.lot ?? gone,
        operationId: row.operation,
        quantity: row.quantity,
        takenBack: row.taken_back,
        effectiveDate: row.effective_at,
      })
    return links
  }

  function* count(): Program<number> {
    const [edgeRows, sideRows] = [yield* first(edgeCount({})), yield* first(sideCount({}))]
    return (edgeRows?.rows ?? 0) + (sideRows?.rows ?? 0)
  }

  return { inRange, count }
}
