import { type Edge, type Key, leftOf, type Questions, type Side } from '@lotbook/domain'
import { type RawBuilder, sql } from 'kysely'
import type { Dialect } from '../dialect.ts'
import { all, first, type Program } from '../program.ts'
import { statement, wideStatement } from '../statement.ts'
import { packedStatement } from './packed.ts'

interface Asked {
  readonly lots: string
  readonly asOf: number | null
}

interface EdgeRow {
  readonly place: number
  readonly other: Key
  readonly record: Key
  /** What was not taken back. */
  readonly left_over: number | null
}

interface InferredRow extends Omit<EdgeRow, 'left_over'> {
  readonly produced: Key
  readonly quantity: number | null
  readonly taken_back: number
  readonly is_memo: number
}

// How many edges one statement reads, and of how many lots: none keeps others waiting for long. Inferred ones are put in order for each page.
const pageSize = 2000
const inferredPageSize = 10_000

const inferredKeys = ['place', 'other', 'record', 'produced'] as const

const bySide = <A>(make: (side: Side) => A): Readonly<Record<Side, A>> => ({ up: make('up'), down: make('down') })

/** What was taken back by a moment. By now it is known. */
const takenBack = (table: string, asOf: number | null, isDated: boolean): RawBuilder<unknown> =>
  isDated
    ? sql`case when ${sql.ref(`${table}.taken_back`)} = 0 then 0 else (
        select cast(coalesce(sum(take_back.quantity), 0) as bigint) from take_back
        inner join lot_record on lot_record.id = take_back.record
        where take_back.consume_record = ${sql.ref(`${table}.record`)} and lot_record.effective_at <= ${asOf}) end`
    : sql.ref(`${table}.taken_back`)

const isBy = (table: string, asOf: number | null, isDated: boolean): RawBuilder<unknown> =>
  isDated ? sql`and ${sql.ref(`${table}.effective_at`)} <= ${asOf}` : sql``

/**
 * Answers which lots went into which: directly, and by having been consumed and produced in one operation. Made for each
 * walk.
 */
export const makeEdgeAnswers = (dialect: Dialect) => {
  const { db, each, inOrderOfList } = dialect
  const edgesOn = (side: Side, isDated: boolean) => {
    const [near, other] = side === 'down' ? ['e.from_lot', 'e.to_lot'] : ['e.to_lot', 'e.from_lot']
    return packedStatement<Asked & { readonly other: Key; readonly record: Key }, EdgeRow>(
      dialect,
      ['place', 'other', 'record', 'left_over'],
      (p) => sql<EdgeRow>`select j.key as place, ${sql.ref(other)} as other, e.record,
          e.quantity - ${takenBack('e', p.asOf, isDated)} as left_over
        from ${each(p.lots)} as j cross join trace_edge as e
        where ${sql.ref(near)} = j.value and (j.key > 0 or (${sql.ref(other)}, e.record) > (${p.other}, ${p.record}))
          ${isBy('e', p.asOf, isDated)}
        ${inOrderOfList('j', other, 'e.record')} limit ${sql.lit(pageSize)}`,
    )
  }
  const inferredOn = (side: Side, isDated: boolean) => {
    const [near, other] = side === 'down' ? ['c', 'p'] : ['p', 'c']
    const [nearSide, otherSide] = side === 'down' ? ['consumed', 'produced'] : ['produced', 'consumed']
    type Place = { readonly other: Key; readonly record: Key; readonly produced: Key }
    return wideStatement<Asked & Place, InferredRow>((p) => {
      const otherLot = sql.ref(`${other}.lot`)
      const query = sql<InferredRow>`select j.key as place, ${otherLot} as other, c.record, p.record as produced, c.quantity,
          ${takenBack('c', p.asOf, isDated)} as taken_back,
          case when p.quantity is null then 1 else 0 end as is_memo
        from ${each(p.lots)} as j
        cross join ${sql.table('trace_operation')} as ${sql.ref(near)}
        cross join ${sql.table('trace_operation')} as ${sql.ref(other)}
        where ${sql.ref(`${near}.lot`)} = j.value and ${sql.ref(`${near}.side`)} = ${sql.lit(nearSide)}
          and p.operation = c.operation and ${sql.ref(`${other}.side`)} = ${sql.lit(otherSide)} and p.lot <> c.lot
          and not exists (select 1 from trace_edge as e
            where e.from_lot = c.lot and e.to_lot = p.lot and e.record = c.record)
          and (j.key > 0 or (${otherLot}, c.record, p.record) > (${p.other}, ${p.record}, ${p.produced}))
          ${isBy('c', p.asOf, isDated)} ${isBy('p', p.asOf, isDated)}
        order by j.key, ${otherLot}, c.record, p.record limit ${sql.lit(inferredPageSize)}`
      return { compile: () => query.compile(db) }
    })
  }
  const statements = {
    edges: bySide((side) => ({ now: edgesOn(side, false), dated: edgesOn(side, true) })),
    inferred: bySide((side) => ({ now: inferredOn(side, false), dated: inferredOn(side, true) })),
  }

  const anyOperation = statement<object, object>(() => db.selectFrom('trace_operation').select('lot').limit(1))

  return () => {
    let hasOperations: boolean | undefined

    /** One page, and where the next begins. */
    function* edges(question: Questions['edges']['ask']): Program<Questions['edges']['answer']> {
      const { lots, side, asOf, after } = question
      const [from = 0, other = 0, record = 0] = after ?? []
      const query = statements.edges[side][asOf === null ? 'now' : 'dated']
      const page = yield* query({ lots: JSON.stringify(lots.slice(from, from + pageSize)), asOf, other, record })
      // What was taken back whole leaves no edge.
      const isLeft = (_: unknown, at: number): boolean => leftOf(page.left_over[at] as number | null, 0) !== undefined
      const left = <A>(column: readonly A[]): readonly A[] =>
        page.left_over.includes(0) ? column.filter(isLeft) : column
      const last = page.place.length < pageSize ? undefined : page.place.length - 1
      const behind = from + pageSize < lots.length ? ([from + pageSize, 0, 0] as const) : null
      return {
        places: left(from === 0 ? page.place : page.place.map((place) => from + place)),
        others: left(page.other),
        records: left(page.record),
        quantities: left(page.left_over),
        next:
          last === undefined
            ? behind
            : [from + (page.place[last] as number), page.other[last] as Key, page.record[last] as Key],
      }
    }

    /** One page. Where it ends is told by the rows that were read: what was taken back whole leaves no edge. */
    function* inferred(question: Questions['inferred']['ask']): Program<Questions['inferred']['answer']> {
      const { lots, side, asOf, after } = question
      hasOperations ??= (yield* first(anyOperation({}))) !== undefined
      if (!hasOperations) return { edges: [], next: null }
      const [from = 0, other = 0, record = 0, produced = 0] = after ?? []
      const query = statements.inferred[side][asOf === null ? 'now' : 'dated']
      const rows = yield* all(query({ lots: JSON.stringify(lots.slice(from)), asOf, other, record, produced }))
      const edges = rows.flatMap((row, at): readonly Edge[] => {
        // Two records that name one operation by both of its ids are joined by each of them.
        const before = rows[at - 1]
        const isAgain = before !== undefined && inferredKeys.every((name) => row.get(name) === before.get(name))
        if (isAgain) return []
        const quantity = leftOf(row.get('quantity'), row.get('taken_back'))
        if (quantity === undefined) return []
        const [near, far] = [lots[from + row.get('place')] as Key, row.get('other')]
        const [giver, taker] = side === 'down' ? [near, far] : [far, near]
        const [record, produced] = [row.get('record'), row.get('produced')]
        return [{ from: giver, to: taker, record, produced, quantity: row.get('is_memo') === 1 ? null : quantity }]
      })
      const last = rows.length < inferredPageSize ? undefined : rows.at(-1)
      return {
        edges,
        next:
          last === undefined
            ? null
            : [from + last.get('place'), last.get('other'), last.get('record'), last.get('produced')],
      }
    }

    return { edges, inferred }
  }
}
