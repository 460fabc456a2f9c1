import { lotTraceGraphShape, lotTraceTableShape, traceLotShape, traceText } from '@lotbook/domain'
import { Effect, Schema } from 'effect'
import { varies } from '../accept.ts'
import { type Incoming, type Operation, ok } from '../operation.ts'
import { drawTrace } from '../picture/draw-trace.ts'
import { BasicTrace, LotTraceGraph, LotTraceRow, Trace } from '../schemas/trace.ts'
import { streamed } from '../streamed.ts'

const tag = 'Trace'
const permission = 'INVENTORY.READ.GET'

const contentTypes = {
  JSON: 'application/json',
  CSV: 'text/csv',
  MERMAID: 'text/vnd.mermaid',
  DOT: 'text/vnd.graphviz',
  SVG: 'image/svg+xml',
} as const

type Format = keyof typeof contentTypes

const formats = Object.keys(contentTypes) as Format[]

const isFormat = (word: string): word is Format => Object.hasOwn(contentTypes, word)

const { JSON: json, ...texts } = contentTypes
const types = [json, ...Object.values(texts)] as const

/** By `format`, else by what the caller accepts. A basic trace is JSON. */
const formatOf = ({ query, preferred }: Pick<Incoming, 'query' | 'preferred'>): Format => {
  const word = query['format']?.toUpperCase()
  if (word !== undefined) return isFormat(word) ? word : 'JSON'
  if (query['detail']?.toUpperCase() === 'BASIC') return 'JSON'
  const type = preferred(types)
  return formats.find((format) => contentTypes[format] === type) ?? 'JSON'
}

/** Where lots came from and where they went. */
export const traceRoutes: readonly Operation[] = [
  {
    method: 'GET',
    path: '/v1/lots/{id}/trace',
    id: 'traceLot',
    tag,
    summary: 'Trace a lot',
    description:
      'What it was made of and what it went into, to any depth (all of it unless `depth` is given), with quantities and shares. `asOf` leaves out what is effective later, and status and stock are those of then. At most `limit` lots (10,000) on each side: `truncated` says whether there are more, in CSV a last row TRUNCATED, in pictures the title. `format`, or else `Accept`, says as what. `detail=BASIC` answers, in a fraction of the time, with ids, depths and quantities only, as JSON: for programs that look up the rest by themselves. As SVG it is drawn, for at most 500 lots and 1,500 lines: 422 where it is larger.',
    permission,
    params: { id: 'The id of the lot, or its name with `material`.' },
    query: { shape: traceLotShape },
    answers: {
      200: {
        description: 'The lots, nearest first, and the steps between them.',
        schema: Schema.Union([Trace, BasicTrace]),
        alsoAs: [contentTypes.CSV, contentTypes.MERMAID, contentTypes.DOT, contentTypes.SVG],
      },
    },
    refusals: ['NotFound'],
    streams: true,
    handle: ({ inventory }, { params: { id = '' }, query, preferred, call }) => {
      const format = formatOf({ query, preferred })
      const type = contentTypes[format]
      if (format === 'JSON')
        return Effect.map(inventory.traceLotJson(id, query, call), (pieces) => ({
          status: 200,
          stream: streamed(pieces[Symbol.iterator]()),
          headers: { ...varies, 'Content-Type': type },
        }))
      if (format === 'SVG') return Effect.flatMap(inventory.traceLot(id, query, call), drawTrace)
      return Effect.map(inventory.traceLot(id, query, call), (trace) => ({
        status: 200,
        stream: streamed(traceText[format](trace)),
        headers: { ...varies, 'Content-Type': `${type}; charset=utf-8` },
      }))
    },
  },
  {
    method: 'GET',
    path: '/v1/trace/get-lot-trace-graph',
    id: 'getLotTraceGraph',
    tag,
    summary: 'Trace a lot, as documented',
    description: 'One direction, any `depth` (1): INPUT to what the lot was made of, OUTPUT to what it went into.',
    permission,
    query: { shape: lotTraceGraphShape },
    answers: { 200: { description: 'Lots as nodes, records as edges.', schema: LotTraceGraph } },
    refusals: ['NotFound'],
    handle: ({ inventory }, { query, call }) => Effect.map(inventory.getLotTraceGraph(query, call), ok),
  },
  {
    method: 'POST',
    path: '/v1/trace/get-lot-trace-table',
    id: 'getLotTraceTable',
    tag,
    summary: 'Read the records of a trace, as documented',
    description: 'A POST for the length of the list; it writes nothing.',
    permission,
    isRead: true,
    body: { shape: lotTraceTableShape },
    answers: { 200: { description: 'The records, in the order asked for.', schema: Schema.Array(LotTraceRow) } },
    handle: ({ inventory }, { body, call }) => Effect.map(inventory.getLotTraceTable(body, call), ok),
  },
]
