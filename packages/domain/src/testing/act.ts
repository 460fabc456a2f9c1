import type { Effect } from 'effect'
import type { ActionName } from '../actions/catalog.ts'
import type { ActionAnswer } from '../inventory.ts'
import type { Refusal } from '../refusals.ts'
import type { RecordView } from '../views/record-view.ts'
import type { Fields, Plant } from './fixtures.ts'

/** Short words for what tests of the actions do all the time. */
export interface Acting {
  /** What must succeed and write one record. */
  readonly act: (name: ActionName, request: Fields) => Promise<RecordView>
  /** What must succeed and write a list of records: scrapAll, and others with `allowMultiple`. */
  readonly actMany: (name: ActionName, request: Fields) => Promise<readonly RecordView[]>
  /** What must be refused and change nothing. */
  readonly refused: (name: ActionName, request: Fields) => Promise<Refusal>
  /** The violations of a request, which its validator finds too; neither changes anything. */
  readonly violations: (name: ActionName, request: Fields) => Promise<unknown>
  /** Several actions at once. */
  readonly batch: (...requests: readonly Fields[]) => Promise<readonly RecordView[]>
  readonly batchRefused: (...requests: readonly Fields[]) => Promise<Refusal>
}

const validators = {
  consume: 'validateConsumeRequest',
  unconsume: 'validateUnconsumeRequest',
  produce: 'validateProduceRequest',
  move: 'validateMoveRequest',
  split: 'validateSplitRequest',
  merge: 'validateMergeRequest',
  scrap: 'validateScrapRequest',
  scrapAll: 'validateScrapAllRequest',
  returnInventory: 'validateReturnRequest',
  receive: 'validateReceiveRequest',
  ship: 'validateShipRequest',
  editInventoryQuantity: 'validateEditInventoryQuantityRequest',
} as const satisfies Record<ActionName, string>

/** Any of the actions, by its name. */
export const perform = (
  { inventory, ada }: Plant,
  name: ActionName,
  request: Fields,
): Effect.Effect<ActionAnswer | readonly RecordView[], Refusal> => inventory[name](request, ada)

/** The words for a plant. */
export const acting = (plant: Plant): Acting => {
  const { inventory, ada } = plant
  const refused: Acting['refused'] = (name, request) => plant.refused(perform(plant, name, request))
  return {
    act: async (name, request) => {
      const answer = await plant.done(perform(plant, name, request))
      if (!('id' in answer)) throw new Error('one record was expected')
      return answer
    },
    actMany: async (name, request) => {
      const answer = await plant.done(perform(plant, name, request))
      if ('id' in answer) throw new Error('a list was expected')
      return 'items' in answer ? answer.items : answer
    },
    refused,
    violations: async (name, request) => {
      const before = await plant.dump()
      const found = await plant.done(inventory[validators[name]](request, ada))
      if (JSON.stringify(await plant.dump()) !== JSON.stringify(before)) throw new Error('validating changed something')
      if (Object.keys(found).length === 0) return found
      const refusal = await refused(name, request)
      const same = refusal._tag === 'ValidationFailed' && JSON.stringify(refusal.violations) === JSON.stringify(found)
      if (!same) throw new Error(`validated ${JSON.stringify(found)}, and was refused ${refusal.message}`)
      return found
    },
    batch: (...requests) => plant.done(inventory.executeInventoryActions({ requests }, ada)),
    batchRefused: (...requests) => plant.refused(inventory.executeInventoryActions({ requests }, ada)),
  }
}
