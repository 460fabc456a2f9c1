import { findRecordsShape } from '@lotbook/domain'
import { Effect, Schema } from 'effect'
import { type Operation, ok, shown } from '../operation.ts'
import { pageOf } from '../schemas/common.ts'
import { References } from '../schemas/lot.ts'
import { InventoryLotRecord, LotRecordVersion } from '../schemas/lot-record.ts'
import { moments } from './moments.ts'

const tag = 'Lot records'
const permission = 'INVENTORY.READ.GET'
const params = { id: 'The id of the record.' }

/** How lot records are read. */
export const findInventoryLotRecordsRoutes: readonly Operation[] = [
  {
    method: 'GET',
    path: '/v1/lot-records',
    id: 'findInventoryLotRecords',
    tag,
    summary: 'List lot records',
    description: `In the order in which they were first written, or with \`newestFirst\` the other way round. \`lot\` finds a lot in either role, \`location\` a place as source or destination, \`startDate\` and \`endDate\` what is effective between them. ${moments}`,
    permission,
    query: { shape: findRecordsShape },
    answers: {
      200: { description: 'A page of records.', schema: pageOf('InventoryLotRecordPage', InventoryLotRecord) },
    },
    refusals: ['NotFound'],
    handle: ({ inventory }, { query, call }) =>
      Effect.map(inventory.findInventoryLotRecordsJson(query, call), (text) => ({ status: 200, text })),
  },
  {
    method: 'GET',
    path: '/v1/lot-records/{id}',
    id: 'getInventoryLotRecord',
    tag,
    summary: 'Read a lot record',
    permission,
    params,
    answers: { 200: { description: 'The record as it stands.', schema: InventoryLotRecord, versioned: true } },
    refusals: ['NotFound'],
    handle: ({ inventory }, { params: { id = '' }, call }) =>
      Effect.map(inventory.getInventoryLotRecord(id, call), shown),
  },
  {
    method: 'GET',
    path: '/v1/lot-records/{id}/references',
    id: 'getInventoryLotRecordReferences',
    tag,
    summary: 'What refers to a lot record',
    description: 'Its reversal, and the UNCONSUME records that took some of it back.',
    permission,
    params,
    answers: { 200: { description: 'The references, by table; empty where there are none.', schema: References } },
    refusals: ['NotFound'],
    handle: ({ inventory }, { params: { id = '' }, call }) =>
      Effect.map(inventory.getInventoryLotRecordReferences(id, call), ok),
  },
  {
    method: 'GET',
    path: '/v1/lot-records/{id}/versions',
    id: 'getInventoryLotRecordVersions',
    tag,
    summary: 'Read all versions of a lot record',
    permission,
    params,
    answers: { 200: { description: 'Every version, first to last.', schema: Schema.Array(LotRecordVersion) } },
    refusals: ['NotFound'],
    handle: ({ inventory }, { params: { id = '' }, call }) =>
      Effect.map(inventory.getInventoryLotRecordVersions(id, call), ok),
  },
]
