import { changeStatusShape, holdRecalledLotsShape, type RecallHold, whyLeft } from '@lotbook/domain'
import { Effect } from 'effect'
import { amount } from '../drawing/words.ts'
import type { FormDefinition, FormQuestion } from './form-definition.ts'

const { materialReasonCodeId, notes, operationId, spare1, spare2, spare3 } = holdRecalledLotsShape.fields

/** The lot that is recalled, and the words of the hold. */
const parted = (request: unknown): readonly [lotId: string, words: object] => {
  const { lotId, ...words } = request as { readonly lotId?: unknown }
  return [typeof lotId === 'string' ? lotId : '', words]
}

const counted = (count: number): string => (count === 1 ? '1 lot' : `${count} lots`)

const question = ({ lotName, held, notHeld }: RecallHold): FormQuestion => ({
  text:
    held.length === 0
      ? `Recall of lot ${lotName}: nothing is left to hold. Go on?`
      : `Recall of lot ${lotName}: put ${counted(held.length)} on QA_HOLD?`,
  lines: [
    ...held.map(
      (lot) => `${lot.lotName}: ${amount(lot.onHand, lot.unitOfMeasureSymbol)} on hand, was ${lot.previousStatus}`,
    ),
    ...notHeld.map((lot) => `${lot.lotName}: left as it is, ${whyLeft(lot)}`),
  ],
})

/** Holds everything that a recall affects. It names the lots and amounts, and asks. */
export const holdForm: FormDefinition = {
  title: 'Hold what a recall affects',
  fields: { lotId: changeStatusShape.fields.lotId, notes, materialReasonCodeId, operationId, spare1, spare2, spare3 },
  required: ['lotId'],
  isDangerous: () => true,
  lotRecordType: 'STATUS_CHANGE',
  dryRun: undefined,
  question: (inventory) => (request, call) => {
    const [lotId, words] = parted(request)
    return Effect.map(inventory.dryRun.holdRecalledLots(lotId, words, call), question)
  },
  perform: (inventory) => (request, call) => {
    const [lotId, words] = parted(request)
    return Effect.map(inventory.holdRecalledLots(lotId, words, call), ({ held }) => ({
      // Each was confirmed with the others: they are released one by one, by whoever may.
      records: [],
      text: `${counted(held.length)} on QA_HOLD now`,
    }))
  },
}
