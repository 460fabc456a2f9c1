import { enumField, type Field, instantField, listField, quantityField, textField } from '../fields.ts'
import { readUlid } from '../identifiers/ulid.ts'
import { lotStatuses } from '../lot/lot-status.ts'
import { oneUnit } from '../quantity/quantity.ts'
import { defineRequest, type RequestOf, type Violations } from '../request.ts'
import type { LotFilter } from '../store.ts'
import { type FieldKind, type LotField, lotFieldCalled, lotFields } from './lot-fields.ts'

/** The documented conditions of a filter. */
export const conditions = [
  ...(['EQUALS', 'NOT_EQUALS', 'TRUE', 'FALSE', 'CONTAINS', 'STARTS_WITH', 'ENDS_WITH'] as const),
  ...(['GREATER_THAN', 'GREATER_THAN_OR_EQUAL_TO', 'LESS_THAN', 'LESS_THAN_OR_EQUAL_TO', 'BETWEEN'] as const),
] as const
/** See {@link conditions}. */
export type Condition = (typeof conditions)[number]

/** How many values the list of one filter holds at most. */
export const largestValueList = 200

const listOf = <A>(own: Field<A>): Field<readonly A[]> =>
  listField(own, largestValueList, `must be a list of at most ${largestValueList} values, of which each ${own.message}`)

const fields = {
  field: textField,
  condition: enumField(conditions),
  type: textField,
  stringValue: textField,
  numberValue: quantityField,
  dateValue: instantField,
  minNumberValue: quantityField,
  maxNumberValue: quantityField,
  minDateValue: instantField,
  maxDateValue: instantField,
  stringListValue: listOf(textField),
  numberListValue: listOf(quantityField),
  dateListValue: listOf(instantField),
}

/** One filter of a query request. `type` is taken and not needed: the field says it. */
export const filterShape = defineRequest('FilterRequest', fields, ['field', 'condition'])
type FilterRequest = RequestOf<typeof fields>
type ValueName = Exclude<keyof FilterRequest, 'field' | 'condition' | 'type'>

const equal = ['EQUALS', 'NOT_EQUALS'] as const
const ordered = ['GREATER_THAN', 'GREATER_THAN_OR_EQUAL_TO', 'LESS_THAN', 'LESS_THAN_OR_EQUAL_TO'] as const

const fitting: Readonly<Record<FieldKind, readonly Condition[]>> = {
  text: [...equal, 'CONTAINS', 'STARTS_WITH', 'ENDS_WITH', ...ordered],
  id: equal,
  status: equal,
  flag: ['TRUE', 'FALSE'],
  quantity: [...equal, ...ordered, 'BETWEEN'],
  whole: [...equal, ...ordered, 'BETWEEN'],
  date: [...equal, ...ordered, 'BETWEEN'],
}

/** The names of the values by which a kind of field is compared. */
interface ValueNames {
  readonly one: ValueName
  readonly list: ValueName
  readonly range: readonly ValueName[]
}
const text: ValueNames = { one: 'stringValue', list: 'stringListValue', range: [] }
const number: ValueNames = {
  one: 'numberValue',
  list: 'numberListValue',
  range: ['minNumberValue', 'maxNumberValue'],
}
const date: ValueNames = { one: 'dateValue', list: 'dateListValue', range: ['minDateValue', 'maxDateValue'] }
const namesOf: Readonly<Record<FieldKind, ValueNames>> = {
  text,
  id: text,
  status: text,
  flag: text,
  quantity: number,
  whole: number,
  date,
}

const wanted = (kind: FieldKind, condition: Condition): readonly ValueName[] => {
  const { one, list, range } = namesOf[kind]
  if (condition === 'TRUE' || condition === 'FALSE') return []
  if (condition === 'BETWEEN') return range
  return condition === 'EQUALS' || condition === 'NOT_EQUALS' ? [one, list] : [one]
}

type Value = string | number

const statusField: Field<string> = enumField(lotStatuses)

/** A value as the store keeps it, or what is wrong with it. */
const kept = (kind: FieldKind, value: Value): Value | { readonly why: string } => {
  if (kind === 'id') return readUlid(String(value)) ?? { why: 'must be a ULID, with or without hyphens' }
  if (kind === 'status') return statusField.read(value) ?? { why: statusField.message }
  if (kind !== 'whole') return value
  const whole = Number(value) / oneUnit
  return Number.isInteger(whole) ? whole : { why: 'must be a whole number' }
}

/** The filters that a store is asked for: a range is two of them, and none of several values is one for each. */
const filtersFor = (field: LotField, condition: Condition, values: readonly Value[]): readonly LotFilter[] => {
  switch (condition) {
    case 'TRUE':
    case 'FALSE':
      return [{ field, condition: 'EQUALS', values: [condition === 'TRUE' ? 1 : 0] }]
    case 'BETWEEN':
      return [
        { field, condition: 'GREATER_THAN_OR_EQUAL_TO', values: values.slice(0, 1) },
        { field, condition: 'LESS_THAN_OR_EQUAL_TO', values: values.slice(1) },
      ]
    case 'NOT_EQUALS':
      return values.map((value) => ({ field, condition, values: [value] }))
    default:
      return [{ field, condition, values }]
  }
}

/** Reads one filter; what is wrong with it is noted below `place`, such as `filters[2]`. */
export const readFilter = (input: unknown, place: string, violations: Violations): readonly LotFilter[] => {
  const { request, violations: own } = filterShape.decode(input)
  const at = (name: string): string => (name === '(root)' ? place : `${place}.${name}`)
  for (const [name, messages] of Object.entries(own.toMap()))
    for (const message of messages) violations.add(at(name), message)
  const { field: name, condition } = request
  const field = name === null ? undefined : lotFieldCalled(name)
  if (name !== null && field === undefined)
    violations.add(at('field'), `must be one of ${Object.keys(lotFields).join(', ')}`)
  if (field === undefined || condition === null) return []
  const kind = lotFields[field]
  if (!fitting[kind].includes(condition)) {
    violations.add(at('condition'), `does not fit ${field}: it takes ${fitting[kind].join(', ')}`)
    return []
  }
  const names = wanted(kind, condition)
  const given = (Object.keys(fields) as (keyof FilterRequest)[]).filter(
    (key): key is ValueName =>
      key !== 'field' && key !== 'condition' && key !== 'type' && (request[key] !== null || own.has(key)),
  )
  const needs = names.length === 0 ? 'no value' : names.join(condition === 'BETWEEN' ? ' and ' : ' or ')
  for (const key of given)
    if (!names.includes(key)) violations.add(at(key), `must be left out: ${field} ${condition} takes ${needs}`)
  const right = names.filter((key) => given.includes(key))
  if (condition === 'BETWEEN') {
    for (const key of names) if (!right.includes(key)) violations.add(at(key), 'is required with BETWEEN')
  } else if (names.length > 0 && right.length !== 1)
    violations.add(at(names[0] ?? 'condition'), `is required: ${field} ${condition} takes ${needs}`)
  const values = right.flatMap((key): readonly Value[] => {
    const value: Value | readonly Value[] | null = request[key]
    if (typeof value === 'object' && value?.length === 0) violations.add(at(key), 'must hold a value')
    const all: readonly Value[] = value === null ? [] : typeof value === 'object' ? value : [value]
    return all.flatMap((one) => {
      const read = kept(kind, one)
      if (typeof read !== 'object') return [read]
      violations.add(at(key), read.why)
      return []
    })
  })
  const [least, greatest] = values
  if (condition === 'BETWEEN' && least !== undefined && greatest !== undefined && least > greatest)
    violations.add(at(names[1] ?? ''), `must not be below ${names[0]}`)
  return filtersFor(field, condition, values)
}
