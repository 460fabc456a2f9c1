import { listLotsShape, lotArguments } from '@lotbook/domain'
import { Effect } from 'effect'
import { type Operation, ok, shown } from '../operation.ts'
import { pageOf } from '../schemas/common.ts'
import { InventoryLot, References } from '../schemas/lot.ts'
import { moments } from './moments.ts'

const tag = 'Lots'
const permission = 'INVENTORY.READ.GET'

/** How lots are read. */
export const listLotsRoutes: readonly Operation[] = [
  {
    method: 'GET',
    path: '/v1/lots',
    id: 'listLots',
    tag,
    summary: 'List lots',
    description: `In the order in which they were made, or with \`newestFirst\` the other way round. Disabled lots are left out unless asked for. ${moments} Names and settings are those of today; a lot is left out where it was made later and nothing had happened to it.`,
    permission,
    query: { shape: listLotsShape },
    answers: { 200: { description: 'A page of lots.', schema: pageOf('InventoryLotPage', InventoryLot) } },
    refusals: ['NotFound'],
    handle: ({ inventory }, { query, call }) => Effect.map(inventory.listLots(query, call), ok),
  },
  {
    method: 'GET',
    path: '/v1/lots/{id}',
    id: 'getLot',
    tag,
    summary: 'Read a lot',
    description: `A lot is named by its id, or by its name together with its material. ${moments} Its name and settings are those of today.`,
    permission,
    params: { id: 'The id of the lot, or its name. Lots called “new”, “validate” or “search” are read by id.' },
    query: { shape: listLotsShape, only: ['material', 'asOf', 'asKnownAt'] },
    answers: { 200: { description: 'The lot as it stands.', schema: InventoryLot, versioned: true } },
    refusals: ['NotFound'],
    handle: ({ inventory }, { params: { id = '' }, query: { material, ...moment }, call }) =>
      Effect.map(inventory.getLotByIdOrNameAndMaterial(id, material?.normalize('NFC') ?? null, call, moment), shown),
  },
  {
    method: 'GET',
    path: '/v1/inventory/get-lot-by-id-or-name-and-material',
    id: 'getLotByIdOrNameAndMaterial',
    tag,
    summary: 'Read a lot by id, or by name and material',
    description: 'The material is needed, and looked at, only with a name.',
    permission,
    query: { shape: lotArguments },
    answers: { 200: { description: 'The lot as it stands.', schema: InventoryLot, versioned: true } },
    refusals: ['NotFound'],
    handle: ({ inventory }, { query: { idOrName = null, materialIdOrPath = null }, call }) =>
      Effect.map(inventory.getLotByIdOrNameAndMaterial(idOrName, materialIdOrPath, call), shown),
  },
  {
    method: 'GET',
    path: '/v1/lots/{id}/references',
    id: 'getInventoryLotReferences',
    tag,
    summary: 'What refers to a lot',
    description: 'By table. A lot that something refers to cannot be deleted.',
    permission,
    params: { id: 'The id of the lot.' },
    answers: { 200: { description: 'The references, by table; empty where there are none.', schema: References } },
    refusals: ['NotFound'],
    handle: ({ inventory }, { params: { id = '' }, call }) =>
      Effect.map(inventory.getInventoryLotReferences(id, call), ok),
  },
]
