import { locationArgument, locationOrNothing, materialArgument, type PageFunctions } from '@lotbook/domain'
import { Schema } from 'effect'
import { jsonArray } from '../json-array.ts'
import { type AnyShape, kebab, type Operation } from '../operation.ts'
import { Inventory, InventoryLot } from '../schemas/lot.ts'

/** What is said of one function in the document. */
interface Words {
  readonly summary: string
  readonly shape?: AnyShape
}

const words: { readonly [N in keyof PageFunctions]: Words } = {
  getAllLots: { summary: 'Read every lot' },
  getLotsForMaterial: { summary: 'Read every lot of a material', shape: materialArgument },
  getAllInventory: { summary: 'Read all stock' },
  getAllInventoryAtLocation: { summary: 'Read all stock at a location', shape: locationArgument },
  getAllInventoryForLocationAndChildren: {
    summary: 'Read all stock at a location and below it, or everywhere',
    shape: locationOrNothing,
  },
  getInventoryForMaterial: { summary: 'Read all stock of a material', shape: materialArgument },
}

const route = (id: keyof PageFunctions, { summary, shape }: Words): Operation => {
  const ofLots = id === 'getAllLots' || id === 'getLotsForMaterial'
  return {
    method: 'GET',
    path: `/v1/inventory/${kebab(id)}`,
    id,
    tag: ofLots ? 'Lots' : 'Inventory',
    summary,
    description: `One array, sent while it is read: rows that change meanwhile are as they are found. ${ofLots ? 'Disabled lots' : 'Rows that are zero'} are left out.`,
    permission: 'INVENTORY.READ.GET',
    ...(shape !== undefined && { query: { shape } }),
    answers: {
      200: { description: 'All of them.', schema: Schema.Array(ofLots ? InventoryLot : Inventory) },
    },
    ...(shape !== undefined && { refusals: ['NotFound'] as const }),
    handle: (parts, { query, call }) => jsonArray(parts, (after) => parts.inventory.pages[id](query, after, call)),
  }
}

/** The documented functions that answer with every row. */
export const wholeListsRoutes: readonly Operation[] = (Object.keys(words) as (keyof PageFunctions)[]).map((id) =>
  route(id, words[id]),
)
