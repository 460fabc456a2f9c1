import type { ActionName, Listed } from '../actions/catalog.ts'
import { actionCatalog } from '../actions/catalog.ts'
import { changeStatus, newChangeStatusRequest } from '../actions/change-status.ts'
import { executeInventoryActions } from '../actions/execute-inventory-actions.ts'
import { reverseLotRecord } from '../actions/reverse-lot-record.ts'
import { saveInventoryLotRecord } from '../actions/save-inventory-lot-record.ts'
import { newInventoryLotRecord } from '../actions/save-inventory-lot-record-request.ts'
import { saveLot } from '../actions/save-lot.ts'
import { newLot } from '../actions/save-lot-request.ts'
import type { Ulid } from '../identifiers/ulid.ts'
import type { ActionAnswer, Actions, Preview, Templates, Validators, WriteFunctions } from '../inventory.ts'
import { findLot, type KnownLot } from '../known.ts'
import type { LotRef } from '../scope.ts'
import type { LotView } from '../views/lot-view.ts'
import type { RecordView } from '../views/record-view.ts'
import { actionAnswer, type Done, previewOf, recordOf, recordsOf, viewOfLot } from './answers.ts'
import type { Calls } from './calls.ts'
import { holding } from './recall-functions.ts'

const lotOfDone = (
  { after, now: at }: Done,
  { id, name, materialId }: { id: Ulid | null; name: string | null; materialId: Ulid | null },
): LotView => {
  const ref: LotRef = id !== null ? { id } : { name: name ?? '', material: { id: materialId as Ulid } }
  return viewOfLot(after, findLot(after, ref) as KnownLot, at)
}

/** The functions that write records and lots, with their templates, validators and dry runs. */
export const writeFunctions = ({ now, perform, validate }: Calls): WriteFunctions => {
  // One entry of the catalog makes the methods of its action; the types say which they are.
  const entries = Object.entries(actionCatalog) as [ActionName, Listed<unknown, string>][]
  const actions = Object.fromEntries(
    entries.flatMap(([name, { stem, action, template, many }]) => [
      [name, many ? perform(action, recordsOf) : perform(action, actionAnswer)],
      [`new${stem}Request`, () => template(now())],
      [`validate${stem}Request`, validate(action)],
    ]),
  ) as unknown as Actions<ActionAnswer, readonly RecordView[]> & Templates & Validators
  const previews = Object.fromEntries(
    entries.map(([name, { action }]) => [name, perform(action, previewOf, true)]),
  ) as unknown as Actions<Preview, Preview>

  return {
    ...actions,
    executeInventoryActions: perform(executeInventoryActions, recordsOf),
    newInventoryLotRecord: () => newInventoryLotRecord(now()),
    validateInventoryLotRecord: validate(saveInventoryLotRecord),
    saveInventoryLotRecord: perform(saveInventoryLotRecord, recordOf),
    newChangeStatusRequest,
    validateChangeStatusRequest: validate(changeStatus),
    changeStatus: perform(changeStatus, recordOf),
    reverseLotRecord: perform(reverseLotRecord, actionAnswer),
    newLot,
    validateLot: validate(saveLot),
    saveLot: perform(saveLot, lotOfDone),
    dryRun: {
      ...previews,
      executeInventoryActions: perform(executeInventoryActions, previewOf, true),
      saveInventoryLotRecord: perform(saveInventoryLotRecord, previewOf, true),
      changeStatus: perform(changeStatus, previewOf, true),
      reverseLotRecord: perform(reverseLotRecord, previewOf, true),
      saveLot: perform(saveLot, previewOf, true),
      holdRecalledLots: holding(perform, true),
    },
  }
}
