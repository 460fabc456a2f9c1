import { createQueryId, FromNode, SelectionNode, type SelectQueryNode, sql } from 'kysely'
import type { Merging } from '../merging.ts'
import type { Call, Value } from '../program.ts'
import type { WideRow } from '../wide-row.ts'
import { postgresDialect } from './dialect.ts'

/** A lookup, of which several can be sent as one statement. */
export type Lookup = Extract<Merging, { readonly kind: 'lookup' }>
/** An insertion or an update, of which several can be sent as one statement. */
export type Writing = Exclude<Merging, Lookup>
type Type = 'bigint' | 'text'

const { db } = postgresDialect
const executor = db.getExecutor()

/** What a row of a merged lookup says besides. */
export interface Asked {
  readonly asker: number
}

/** Which of a statement's values are different ones: a name may stand in it twice. */
const placesOf = ({ names }: Lookup): readonly number[] => [...new Set(names)].map((name) => names.indexOf(name))

const compileLookup = (lookup: Lookup, types: readonly Type[]): string => {
  const columns = types.map((_, index) => `value${index}`)
  const values = placesOf(lookup).map((place, index) => [lookup.names[place], sql.ref(`asked.value${index}`)])
  const select = lookup.build(Object.fromEntries(values) as never).toOperationNode() as SelectQueryNode
  const { from, groupBy, having, limit, offset, with: tables, setOperations, distinctOn } = select
  const isPlain = [groupBy, having, limit, offset, tables, setOperations, distinctOn].every(
    (part) => part === undefined,
  )
  if (select.kind !== 'SelectQueryNode' || from === undefined || !isPlain)
    throw new Error('a lookup is a plain selection of rows')
  const lists = types.map((type) => sql`cast(${''} as ${sql.raw(type)}[])`)
  const names = [...columns, 'asker'].map((column) => sql.id(column))
  const asked = sql`unnest(${sql.join(lists)}) with ordinality as asked(${sql.join(names)})`
  const node: SelectQueryNode = {
    ...select,
    // First, so that the joins that follow belong to what the statement selects from.
    from: FromNode.create([asked.toOperationNode(), ...from.froms]),
    selections: [...(select.selections ?? []), SelectionNode.create(sql.ref('asked.asker').toOperationNode() as never)],
  }
  return executor.compileQuery(node, createQueryId()).sql
}

const compileWriting = (writing: Writing, most: number): string => {
  const table = sql.id(writing.table)
  // The table itself says what types the columns have.
  const given = sql`json_populate_recordset(cast(null as ${table}), ${''})`
  if (writing.kind === 'insertion') {
    const columns = sql.join(writing.columns.map((column) => sql.id(column)))
    return sql`insert into ${table} (${columns}) select ${columns} from ${given} as given`.compile(db).sql
  }
  // The limit tells the planner that there are few.
  const rows = sql`(select * from ${given} limit ${sql.lit(most)})`
  const value = (column: string) => sql`${sql.id('given', column)}`
  const set = writing.columns.slice(0, -writing.keys).map((column) => sql`${sql.id(column)} = ${value(column)}`)
  const keys = writing.columns.slice(-writing.keys)
  const matches = keys.map((column) => sql`${sql.id(writing.table, column)} = ${value(column)}`)
  return sql`update ${table} set ${sql.join(set)} from ${rows} as given where ${sql.join(matches, sql` and `)}`.compile(
    db,
  ).sql
}

// So that few statements are prepared, however many writes come together.
const sizes = [8, 32, 128, 512, 2048]

/** Makes a text once for each statement and shape. */
const remembered = <K extends object, S extends string | number>(make: (key: K, shape: S) => string) => {
  const known = new WeakMap<K, Map<S, string>>()
  return (key: K, shape: S): string => {
    const texts = known.get(key) ?? new Map<S, string>()
    const text = texts.get(shape) ?? make(key, shape)
    known.set(key, texts.set(shape, text))
    return text
  }
}

const lookupText = remembered((lookup: Lookup, types: string) => compileLookup(lookup, types.split(' ') as Type[]))
const writingText = remembered(compileWriting)

const quoted = (value: Value): string => {
  if (value === null) return 'null'
  return typeof value === 'number' ? String(value) : `"${value.replace(/["\\]/g, '\\$&')}"`
}

/** One statement for several calls of a lookup. The column `asker` says for which of them, from 1, a row is. */
export const mergedLookup = (lookup: Lookup, calls: readonly Call<unknown>[]): Call<WideRow<Asked>> => {
  const lists = placesOf(lookup).map((place) => calls.map(({ parameters }) => parameters[place] ?? null))
  const types = lists.map((list): Type => (list.some((value) => typeof value === 'number') ? 'bigint' : 'text'))
  return {
    sql: lookupText(lookup, types.join(' ')),
    parameters: lists.map((list) => `{${list.map(quoted).join()}}`),
    wide: true,
  }
}

const knownMembers = new WeakMap<Writing, readonly string[]>()

/** How each member of a row begins, as JSON. */
const membersOf = (writing: Writing): readonly string[] => {
  const known = knownMembers.get(writing)
  if (known !== undefined) return known
  const members = writing.columns.map((column) => `${JSON.stringify(column)}:`)
  knownMembers.set(writing, members)
  return members
}

// An object of twenty members that is made from a list costs more than its text.
// A member that is not there is null.
const rowText = (members: readonly string[], values: readonly Value[]): string => {
  let text = ''
  for (let index = 0; index < members.length; index += 1) {
    const value = values[index]
    if (value !== null && value !== undefined)
      text += `${text === '' ? '{' : ','}${members[index]}${typeof value === 'number' ? value : JSON.stringify(value)}`
  }
  return text === '' ? '{}' : `${text}}`
}

/** One statement for several insertions into a table, in their order, or for updates of several rows. */
export const mergedWriting = (writing: Writing, calls: readonly Call<unknown>[]): Call<unknown> => {
  const members = membersOf(writing)
  const rows = calls.map(({ parameters }) => rowText(members, parameters))
  const most = sizes.find((size) => size >= calls.length) ?? 2 ** Math.ceil(Math.log2(calls.length))
  return { sql: writingText(writing, most), parameters: [`[${rows.join()}]`] }
}
