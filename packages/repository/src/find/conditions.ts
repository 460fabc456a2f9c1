import type { AnnotationQuery } from '@lotbook/domain'
import { type RawBuilder, sql } from 'kysely'
import type { Value } from '../program.ts'

/** A condition that holds where its value is not given: for filters that no index serves, in one statement with others. */
export const orNotGiven = (value: Value, condition: RawBuilder<unknown>): RawBuilder<boolean> =>
  sql`(cast(${value} as text) is null or ${condition})`

/** A column that has the value, where one is given. */
export const same = (column: string, value: Value): RawBuilder<boolean> =>
  orNotGiven(value, sql`${sql.ref(column)} = ${value}`)

/** A number in a range whose ends may be left out. */
export const inRange = (number: RawBuilder<unknown>, least: Value, greatest: Value): RawBuilder<boolean> =>
  sql`(${orNotGiven(least, sql`${number} >= ${least}`)} and ${orNotGiven(greatest, sql`${number} <= ${greatest}`)})`

/** All of some conditions. */
export const all = (conditions: readonly RawBuilder<boolean>[]): RawBuilder<boolean> =>
  sql`(${sql.join([...conditions], sql` and `)})`

/** What is asked of the user's own words, null where nothing is. */
export const annotationValues = ({ notesContains, spare1, spare2, spare3 }: AnnotationQuery) => ({
  notesContains: notesContains ?? null,
  spare1: spare1 ?? null,
  spare2: spare2 ?? null,
  spare3: spare3 ?? null,
})

/** 1 where at least one of some values is given, so that a filter of all of them applies. */
export const anyGiven = (values: Readonly<Record<string, Value>>): 1 | undefined =>
  Object.values(values).some((value) => value !== null) ? 1 : undefined
