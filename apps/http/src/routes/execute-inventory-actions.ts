import { type ActionName, actionCatalog, actionsByType, changeStatusShape, largestBatch } from '@lotbook/domain'
import { Effect } from 'effect'
import { limits } from '../limits.ts'
import { type BodyShape, type Operation, ok } from '../operation.ts'
import { RecordList } from '../schemas/action.ts'
import { orPreview, PreviewAnswer } from '../schemas/lot.ts'
import { shapeOf } from './actions.ts'

const names = Object.keys(actionCatalog) as ActionName[]

// What is not in the catalog is changeStatus, which moves no stock.
const shapeOfType = (type: string): BodyShape => {
  const name = names.find((one) => actionCatalog[one].action === actionsByType[type])
  return name === undefined ? changeStatusShape : shapeOf(name)
}

/** The shape of each action that a list may hold, by its `type`. */
export const shapesByType: Readonly<Record<string, BodyShape>> = Object.fromEntries(
  Object.keys(actionsByType).map((type) => [type, shapeOfType(type)]),
)

/** Several actions, all or nothing. */
export const executeInventoryActionsRoutes: readonly Operation[] = [
  {
    method: 'POST',
    path: '/v1/inventory/execute-inventory-actions',
    id: 'executeInventoryActions',
    tag: 'Actions',
    summary: 'Do several actions in their order, all or nothing',
    description:
      'Each item is the request of an action with its `type`. The first that is refused undoes all: the refusal is its own, with its `index`. Violations are told of all actions at once, each by its place: `requests[1].quantity`. Needs the permission of every action in the list.',
    permissionOfType: true,
    body: { list: { key: 'requests', most: largestBatch, byType: shapesByType } },
    bodyLimits: { bytes: limits.batchBytes, values: limits.batchValues, depth: limits.bodyDepth },
    dryRun: true,
    answers: {
      200: { description: `In a dry run: ${orPreview}`, schema: PreviewAnswer },
      201: { description: 'The records that were written, in the order of the actions.', schema: RecordList },
    },
    refusals: ['VersionConflict', 'BatchItemRefused'],
    handle: ({ inventory }, { body, call, dryRun }) =>
      dryRun
        ? Effect.map(inventory.dryRun.executeInventoryActions(body, call), ok)
        : Effect.map(inventory.executeInventoryActions(body, call), (records) => ({ status: 201, body: records })),
  },
]
