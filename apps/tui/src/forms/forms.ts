import {
  type ActionAnswer,
  type ActionName,
  actionCatalog,
  changeStatusShape,
  type LotRecordType,
  lotRecordTypes,
  type RecordView,
  reverseLotRecordShape,
  saveLotShape,
} from '@lotbook/domain'
import { Effect } from 'effect'
import { sayRecord } from '../app/undo.ts'
import type { FormDefinition, FormDone } from './form-definition.ts'
import { holdForm } from './hold-form.ts'

const titles: Readonly<Record<ActionName, string>> = {
  consume: 'Consume',
  unconsume: 'Put back what was consumed',
  produce: 'Produce',
  move: 'Move',
  split: 'Split',
  merge: 'Merge',
  scrap: 'Scrap',
  scrapAll: 'Scrap everything at a location',
  returnInventory: 'Return to the supplier',
  receive: 'Receive',
  ship: 'Ship',
  editInventoryQuantity: 'Count',
}

// What leaves the house or ends a lot asks first; everything else can be taken back with one key and nobody notices.
const asks: readonly ActionName[] = ['merge', 'scrap', 'scrapAll', 'returnInventory', 'ship']

const said = (records: readonly RecordView[]): FormDone => ({
  records,
  text: records.length === 0 ? 'nothing was there, and nothing was written' : records.map(sayRecord).join(', '),
})

const isList = (answer: ActionAnswer | readonly RecordView[]): answer is readonly RecordView[] => Array.isArray(answer)

/** The records of what an action answers. */
export const recordsOf = (answer: ActionAnswer | readonly RecordView[]): readonly RecordView[] =>
  isList(answer) ? answer : 'items' in answer ? answer.items : [answer]

const typeOf = (name: ActionName): LotRecordType | undefined => {
  const type = actionCatalog[name].template(0)['type']
  return lotRecordTypes.find((word) => word === type)
}

const fieldsOf = (name: ActionName): Pick<FormDefinition, 'fields' | 'required'> => {
  const { fields, required } = actionCatalog[name]
  if (name !== 'scrapAll') return { fields, required }
  // Its place has two documented names; people are asked for it once.
  const { locationIdOrPath: _sameAsSource, ...others } = fields
  return { fields: others, required: [...required, 'sourceLocationIdOrPath'] }
}

// One entry of the catalog is one form.
const ofAction = (name: ActionName): FormDefinition => ({
  title: titles[name],
  ...fieldsOf(name),
  isDangerous: () => asks.includes(name),
  lotRecordType: typeOf(name),
  dryRun: (inventory) => inventory.dryRun[name],
  perform: (inventory) => (request, call) =>
    Effect.map<ActionAnswer | readonly RecordView[], FormDone>((answer) => said(recordsOf(answer)))(
      inventory[name](request, call),
    ),
})

const actions = Object.fromEntries((Object.keys(actionCatalog) as ActionName[]).map((name) => [name, ofAction(name)]))

const ends = new Set<unknown>(['SHIPPED', 'CLOSED'])

/** Every form, by its name. Those of the actions come from the catalog; another one is an entry here. */
export const forms: Readonly<Record<string, FormDefinition>> = {
  changeStatus: {
    title: 'Change status',
    fields: changeStatusShape.fields,
    required: changeStatusShape.required,
    isDangerous: ({ newStatus }) => ends.has(newStatus),
    lotRecordType: 'STATUS_CHANGE',
    dryRun: (inventory) => inventory.dryRun.changeStatus,
    perform: (inventory) => (request, call) =>
      Effect.map(inventory.changeStatus(request, call), (record) => said([record])),
  },
  ...actions,
  holdRecalledLots: holdForm,
  reverseLotRecord: {
    title: 'Take a record back',
    fields: reverseLotRecordShape.fields,
    required: reverseLotRecordShape.required,
    isDangerous: () => true,
    lotRecordType: undefined,
    dryRun: (inventory) => inventory.dryRun.reverseLotRecord,
    perform: (inventory) => (request, call) =>
      Effect.map(inventory.reverseLotRecord(request, call), (answer) => ({
        // A reversal is not taken back by another one.
        records: [],
        text: `taken back: ${recordsOf(answer).map(sayRecord).join(', ')}`,
      })),
  },
  saveLot: {
    title: 'Make or change a lot',
    fields: saveLotShape.fields,
    required: [...saveLotShape.required, 'name', 'materialId'],
    isDangerous: () => false,
    lotRecordType: undefined,
    dryRun: (inventory) => inventory.dryRun.saveLot,
    perform: (inventory) => (request, call) =>
      Effect.map(inventory.saveLot(request, call), ({ name }) => ({ records: [], text: `lot ${name} is saved` })),
  },
}
