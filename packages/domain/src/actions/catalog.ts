import type { Field } from '../fields.ts'
import type { Instant } from '../time/instant.ts'
import type { Action } from './action.ts'
import { consume, consumeShape, newConsumeRequest } from './consume.ts'
import {
  editInventoryQuantity,
  editInventoryQuantityShape,
  newEditInventoryQuantityRequest,
} from './edit-inventory-quantity.ts'
import { merge, mergeShape, newMergeRequest } from './merge.ts'
import { move, moveShape, newMoveRequest } from './move.ts'
import { newProduceRequest, produce, produceShape } from './produce.ts'
import { newReceiveRequest, receive, receiveShape } from './receive.ts'
import { newReturnRequest, returnInventory, returnInventoryShape } from './return-inventory.ts'
import { newScrapRequest, scrap, scrapShape } from './scrap.ts'
import { newScrapAllRequest, scrapAll, scrapAllShape } from './scrap-all.ts'
import { newShipRequest, ship, shipShape } from './ship.ts'
import { newSplitRequest, split, splitShape } from './split.ts'
import { newUnconsumeRequest, unconsume, unconsumeShape } from './unconsume.ts'

/** An action with what belongs to it: the middle of `new…Request` and `validate…Request`, its template and wire form. */
export interface Listed<R, S extends string> {
  readonly stem: S
  readonly action: Action<R>
  readonly template: (now: Instant) => Readonly<Record<string, string | boolean | number | null>>
  readonly schema: (typeof consumeShape)['schema']
  /** What it asks for, by name. */
  readonly fields: Readonly<Record<string, Field<unknown>>>
  readonly required: readonly string[]
  /** It always answers with a list. */
  readonly many: boolean
}

const list = <R, const S extends string>(
  stem: S,
  action: Action<R>,
  template: Listed<R, S>['template'],
  { schema, fields, required }: Pick<Listed<R, S>, 'schema' | 'fields' | 'required'>,
  many = false,
): Listed<R, S> => ({ stem, action, template, schema, fields, required, many })

/** The documented actions by their function names. changeStatus, which moves no stock, stands beside them. */
export const actionCatalog = {
  consume: list('Consume', consume, newConsumeRequest, consumeShape),
  unconsume: list('Unconsume', unconsume, newUnconsumeRequest, unconsumeShape),
  produce: list('Produce', produce, newProduceRequest, produceShape),
  move: list('Move', move, newMoveRequest, moveShape),
  split: list('Split', split, newSplitRequest, splitShape),
  merge: list('Merge', merge, newMergeRequest, mergeShape),
  scrap: list('Scrap', scrap, newScrapRequest, scrapShape),
  scrapAll: list('ScrapAll', scrapAll, newScrapAllRequest, scrapAllShape, true),
  returnInventory: list('Return', returnInventory, newReturnRequest, returnInventoryShape),
  receive: list('Receive', receive, newReceiveRequest, receiveShape),
  ship: list('Ship', ship, newShipRequest, shipShape),
  editInventoryQuantity: list(
    'EditInventoryQuantity',
    editInventoryQuantity,
    newEditInventoryQuantityRequest,
    editInventoryQuantityShape,
  ),
} as const
/** The name of a documented action. */
export type ActionName = keyof typeof actionCatalog
