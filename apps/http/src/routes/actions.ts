import { type ActionAnswer, type ActionName, actionCatalog, type RecordView } from '@lotbook/domain'
import { Effect } from 'effect'
import { type Answer, type AnswerDoc, type BodyShape, created, kebab, type Operation, ok } from '../operation.ts'
import { RecordList, RecordOrItems, templateSchema } from '../schemas/action.ts'
import { ViolationMap } from '../schemas/common.ts'
import { orPreview, PreviewAnswer } from '../schemas/lot.ts'
import { InventoryLotRecord } from '../schemas/lot-record.ts'
import { actionWords } from './action-words.ts'
import { recordRefusals } from './refusals.ts'

const tag = 'Actions'

/** The shape of an action's request. */
export const shapeOf = (name: ActionName): BodyShape => {
  const { action, schema, required } = actionCatalog[name]
  return { schema, required, decode: action.decode }
}

const takesSeveral = (name: ActionName): boolean =>
  !actionCatalog[name].action.decode({ allowMultiple: true }).violations.has('allowMultiple')

const done = (name: ActionName): AnswerDoc => {
  if (actionCatalog[name].many) return { description: 'The records that were written.', schema: RecordList }
  if (!takesSeveral(name))
    return { description: 'The record that was written.', schema: InventoryLotRecord, versioned: true }
  const description = 'The record that was written; with `allowMultiple` all of them.'
  return { description, schema: RecordOrItems, versioned: true }
}

/** 201 with the record as `ETag` and where to find it, or with all records. */
export const answered = (written: ActionAnswer | readonly RecordView[]): Answer =>
  'id' in written ? created('/v1/lot-records', written) : { status: 201, body: written }

/** The three doors of an action: its template, its validator, and the action itself. */
const doors = (name: ActionName): readonly Operation[] => {
  const { stem, action, template } = actionCatalog[name]
  const [newRequest, validateRequest] = [`new${stem}Request`, `validate${stem}Request`] as const
  const path = `/v1/inventory/${kebab(name)}` as const
  const fields = template(0)
  const body = { shape: shapeOf(name) }
  return [
    {
      method: 'GET',
      path: `${path}/new`,
      id: newRequest,
      tag,
      summary: `The template of ${name}`,
      answers: {
        200: {
          description: `The ${Object.keys(fields).length} documented fields with their defaults.`,
          schema: templateSchema(`New${stem}Request`, fields),
        },
      },
      handle: ({ inventory }) => Effect.sync(() => ok(inventory[newRequest]())),
    },
    {
      method: 'POST',
      path: `${path}/validate`,
      id: validateRequest,
      tag,
      summary: `Check the fields of ${name}`,
      description: 'Says what is wrong with the fields, and whether what they refer to exists. Changes nothing.',
      permission: 'INVENTORY.READ.VALIDATE',
      body,
      answers: { 200: { description: 'All violations, by field.', schema: ViolationMap } },
      handle: ({ inventory }, { body: request, call }) => Effect.map(inventory[validateRequest](request, call), ok),
    },
    {
      method: 'POST',
      path,
      id: name,
      tag,
      ...actionWords[name],
      ...(action.permission !== null && { permission: action.permission }),
      body,
      dryRun: true,
      answers: {
        200: { description: `In a dry run: ${orPreview}`, schema: PreviewAnswer },
        201: done(name),
      },
      refusals: recordRefusals,
      handle: ({ inventory }, { body: request, call, dryRun }) =>
        dryRun
          ? Effect.map(inventory.dryRun[name](request, call), ok)
          : Effect.map(inventory[name](request, call), answered),
    },
  ]
}

/** The three doors of every action in the catalog. */
export const actionRoutes: readonly Operation[] = (Object.keys(actionCatalog) as ActionName[]).flatMap(doors)
