import { enumField } from '../fields.ts'
import { lotRecordTypes } from '../lot-record/lot-record-type.ts'
import { type Decoded, defineRequest } from '../request.ts'
import type { Paging } from '../store.ts'
import { paging, pagingOf } from './paging.ts'

/** The query of a plain list. */
export const pageShape = defineRequest('PageQuery', paging)

/** Reads the query of a plain list. */
export const readPage =
  (list: string) =>
  (input: unknown): Decoded<Paging> => {
    const { request, violations } = pageShape.decode(input)
    return { violations, request: pagingOf(list, request) }
  }

/** The query of the list of reason codes. */
export const reasonCodesShape = defineRequest('FindReasonCodesQuery', {
  lotRecordType: enumField(lotRecordTypes),
  ...paging,
})
