import {
  type LotRecordType,
  lotRecordTypes,
  pageShape,
  reasonCodesShape,
  saveReasonCodeShape,
  ValidationFailed,
} from '@lotbook/domain'
import { Effect } from 'effect'
import type { Query } from '../query.ts'
import { ReasonCode } from '../schemas/master-data.ts'
import { masterDataRoutes } from './master-data.ts'

// The domain's page query has no type; the shape of this list has, with its rule and its message.
const typeOf = (text: string): LotRecordType | readonly string[] => {
  const upper = text.toUpperCase()
  const type = lotRecordTypes.find((word) => word === upper)
  return type ?? reasonCodesShape.decode({ lotRecordType: text }).violations.toMap()['lotRecordType'] ?? []
}

const split = ({ lotRecordType, ...page }: Query) => ({
  page,
  type: lotRecordType === undefined ? undefined : typeOf(lotRecordType),
})

/** Reason codes. */
export const saveReasonCodeRoutes = masterDataRoutes({
  kind: 'reason code',
  name: 'ReasonCode',
  plural: 'ReasonCodes',
  folder: '/v1/reason-codes',
  tag: 'Reason codes',
  idIs: 'The id of the reason code.',
  schema: ReasonCode,
  listShape: reasonCodesShape,
  saveShape: saveReasonCodeShape,
  list: ({ inventory }, query, caller) => {
    const { page, type } = split(query)
    if (typeof type !== 'object') return inventory.findReasonCodes(page, caller, type)
    const violations = { ...pageShape.decode(page).violations.toMap(), lotRecordType: type }
    return Effect.fail(new ValidationFailed({ violations }))
  },
  get: ({ inventory }, id, caller) => inventory.getReasonCode(id, caller),
  save: ({ inventory }, request, call) => inventory.saveReasonCode(request, call),
})
