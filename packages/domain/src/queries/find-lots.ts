import { itemsField, textOrTextsField, wholeField } from '../fields.ts'
import { type Decoded, defineRequest, type Violations } from '../request.ts'
import type { LotSearch } from '../store.ts'
import type { Instant } from '../time/instant.ts'
import { type LotField, lotFieldCalled, lotFields } from './lot-fields.ts'
import { filterShape, readFilter } from './query-filter.ts'

/** How many lots a page of findLots holds at most. Without paging there is no limit. */
export const largestSearchPage = 10_000
/** How many filters findLots takes at most. */
export const mostFilters = 50
/** By how many fields findLots sorts at most. */
export const mostSortFields = 4

/** The documented query request of findLots. `sortField` and `sortDirection` are the same as their plurals. */
export const findLotsShape = defineRequest('FindLotsRequest', {
  pageSize: wholeField(1, largestSearchPage),
  pageIndex: wholeField(0, 1_000_000_000),
  sortFields: textOrTextsField,
  sortDirections: textOrTextsField,
  sortField: textOrTextsField,
  sortDirection: textOrTextsField,
  filters: itemsField(filterShape.schema, 'must be a list of filters'),
})

/** What findLots answers: the documented page. Without paging it is one page of everything. */
export interface QueryPage<A> {
  readonly content: readonly A[]
  readonly totalPages: number
  readonly totalElements: number
  readonly pageSize: number
  readonly pageIndex: number
  readonly hasContent: boolean
  readonly isFirst: boolean
  readonly isLast: boolean
  readonly hasNext: boolean
  readonly hasPrevious: boolean
}

/** Puts the documented page together. */
export const queryPage = <A>(content: readonly A[], total: number, { limit, offset }: LotSearch): QueryPage<A> => {
  const pageSize = limit ?? total
  const pageIndex = limit === null ? 0 : offset / limit
  const totalPages = pageSize === 0 ? 0 : Math.ceil(total / pageSize)
  const hasNext = pageIndex + 1 < totalPages
  return {
    content,
    totalPages,
    totalElements: total,
    pageSize,
    pageIndex,
    hasContent: content.length > 0,
    isFirst: pageIndex === 0,
    isLast: !hasNext,
    hasNext,
    hasPrevious: pageIndex > 0,
  }
}

type Request = ReturnType<typeof findLotsShape.decode>['request']

/** A field that has a singular and a plural name, with the places of its values for messages. */
const sorted = (
  request: Request,
  singular: 'sortField' | 'sortDirection',
  violations: Violations,
): readonly (readonly [place: string, text: string])[] => {
  const plural = `${singular}s` as const
  if (request[singular] !== null && request[plural] !== null)
    violations.add(singular, `must be left out: ${plural} is given`)
  const name = request[plural] === null ? singular : plural
  const value = request[name]
  if (value === null) return []
  return typeof value === 'string' ? [[name, value]] : value.map((text, index) => [`${name}[${index}]`, text])
}

const directions = new Map([
  ['ASC', false],
  ['ASCENDING', false],
  ['DESC', true],
  ['DESCENDING', true],
])

const readSort = (request: Request, violations: Violations): LotSearch['sort'] => {
  const by = sorted(request, 'sortField', violations)
  const ways = sorted(request, 'sortDirection', violations)
  if (by.length > mostSortFields) violations.add('sortFields', `must be at most ${mostSortFields}`)
  const descending = ways.map(([place, word], index) => {
    const is = directions.get(word.toUpperCase())
    if (is === undefined) violations.add(place, 'must be Ascending or Descending')
    if (index >= by.length) violations.add(place, 'must be left out: there is no field to sort by for it')
    return is ?? false
  })
  return by.flatMap(([place, text], index) => {
    const field: LotField | undefined = lotFieldCalled(text)
    if (field === undefined) violations.add(place, `must be one of ${Object.keys(lotFields).join(', ')}`)
    return field === undefined ? [] : [{ field, descending: descending[index] ?? false }]
  })
}

/** Reads the query request of findLots. Disabled lots are left out, unless it filters by `enabled`. */
export const readFindLots = (input: unknown, now: Instant): Decoded<LotSearch> => {
  const { request, violations } = findLotsShape.decode(input)
  const { pageSize, pageIndex } = request
  if (pageIndex !== null && pageSize === null && !violations.has('pageSize'))
    violations.add('pageSize', 'is required with pageIndex')
  const asked = request.filters ?? []
  if (asked.length > mostFilters) violations.add('filters', `must be at most ${mostFilters}`)
  const filters = asked
    .slice(0, mostFilters)
    .flatMap((filter, index) => readFilter(filter, `filters[${index}]`, violations))
  const enabled = { field: 'enabled', condition: 'EQUALS', values: [1] } as const
  return {
    violations,
    request: {
      filters: filters.some(({ field }) => field === 'enabled') ? filters : [...filters, enabled],
      sort: readSort(request, violations),
      limit: pageSize,
      offset: (pageSize ?? 0) * (pageIndex ?? 0),
      now,
    },
  }
}
