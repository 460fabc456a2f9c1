import { holdRecalledLotsShape, type RecallFormat, recallFormats, recallLotShape, recallText } from '@lotbook/domain'
import { Effect } from 'effect'
import { varies } from '../accept.ts'
import { type Incoming, type Operation, ok } from '../operation.ts'
import { Recall, RecallHold } from '../schemas/recall.ts'
import { streamed } from '../streamed.ts'
import { recordRefusals } from './refusals.ts'

const tag = 'Trace'

const contentTypes: Readonly<Record<RecallFormat, string>> = {
  JSON: 'application/json',
  CSV: 'text/csv',
  HTML: 'text/html',
}

// The report has its own styles and nothing else: no scripts, no pictures, nothing from elsewhere.
const reportPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

const types = [contentTypes.JSON, contentTypes.CSV, contentTypes.HTML] as const

/** By `format`, else by what the caller accepts. */
const formatOf = ({ query, preferred }: Pick<Incoming, 'query' | 'preferred'>): RecallFormat => {
  const word = query['format']?.toUpperCase()
  const type = word === undefined ? preferred(types) : undefined
  return (
    recallFormats.find((format) => (word === undefined ? contentTypes[format] === type : format === word)) ?? 'JSON'
  )
}

const headersOf = (format: RecallFormat): Readonly<Record<string, string>> => {
  const type = contentTypes[format]
  if (format === 'JSON') return { ...varies, 'Content-Type': type }
  const own = { ...varies, 'Content-Type': `${type}; charset=utf-8` }
  return format === 'HTML' ? { ...own, 'Content-Security-Policy': reportPolicy } : own
}

const params = { id: 'The id of the lot, or its name with `material`.' }

/** What a lot reached, and its hold. */
export const recallRoutes: readonly Operation[] = [
  {
    method: 'GET',
    path: '/v1/lots/{id}/recall',
    id: 'recallLot',
    tag,
    summary: 'Recall a lot',
    description:
      'Every lot that something of it went into, to any depth: its share, where it lies, what was shipped and to whom, what is held, and whether all of it adds up. `format`, or else `Accept`, says as what: `HTML` is a report that prints on A4. `asOf` looks only at what was effective by then, and status and stock are those of then. At most `limit` lots (100,000): `complete` says whether that is all of them.',
    permission: 'INVENTORY.READ.GET',
    params,
    query: { shape: recallLotShape },
    answers: {
      200: {
        description: 'The affected lots, nearest first.',
        schema: Recall,
        alsoAs: [contentTypes.CSV, contentTypes.HTML],
      },
    },
    refusals: ['NotFound'],
    handle: ({ inventory }, { params: { id = '' }, query, preferred, call }) => {
      const format = formatOf({ query, preferred })
      return Effect.map(inventory.recallLot(id, query, call), (recall) => ({
        status: 200,
        stream: streamed(recallText[format](recall)),
        headers: headersOf(format),
      }))
    },
  },
  {
    method: 'POST',
    path: '/v1/lots/{id}/recall/hold',
    id: 'holdRecalledLots',
    tag,
    summary: 'Hold everything that a recall affects',
    description:
      'Puts every affected lot that has stock on QA_HOLD, all or nothing, each by the rule of changeStatus, and says why the others are left as they are. A recall that is truncated is not held, nor one of more than 10,000 lots with stock: 409. `notes` and the other words go into every record.',
    permission: 'INVENTORY.WRITE.CHANGE_STATUS',
    params,
    body: { shape: holdRecalledLotsShape, optional: true },
    dryRun: true,
    answers: {
      200: { description: 'In a dry run: what would be done.', schema: RecallHold },
      201: { description: 'What was done.', schema: RecallHold },
    },
    refusals: recordRefusals,
    handle: ({ inventory }, { params: { id = '' }, body, call, dryRun }) =>
      dryRun
        ? Effect.map(inventory.dryRun.holdRecalledLots(id, body, call), ok)
        : Effect.map(inventory.holdRecalledLots(id, body, call), (done) => ({ status: 201, body: done })),
  },
]
