import { epcisEventsShape } from '@lotbook/domain'
import { exportEpcis } from '@lotbook/exchange'
import { Effect } from 'effect'
import { attempt } from '../attempt.ts'
import { limits } from '../limits.ts'
import { type Answer, type Operation, ok } from '../operation.ts'
import { Problem } from '../problem.ts'
import { EpcisDocument, EpcisImported } from '../schemas/epcis.ts'
import type { Transfer } from '../transfer.ts'

const tag = 'EPCIS'
const jsonLd = 'application/ld+json'

type Caller = Parameters<typeof exportEpcis>[1]

async function* documentOf(
  { snapshot }: Transfer,
  caller: Caller,
  query: unknown,
  now: () => number,
): AsyncGenerator<string> {
  const { epcis, close } = await snapshot()
  try {
    yield* exportEpcis(epcis, caller, query, now)
  } finally {
    await close()
  }
}

/** Events of EPCIS 2.0, out of the ledger and into it. */
export const epcisRoutes: readonly Operation[] = [
  {
    method: 'GET',
    path: '/v1/epcis/events',
    id: 'exportEpcisEvents',
    tag,
    summary: 'Export events of EPCIS 2.0',
    description:
      'One moment of the ledger as one document in JSON-LD, sent while others write: the events of a `lot` (a name with its `material`), with a `direction` those of all lots of its trace, those that are effective between `from` and `to`, or all. Our URIs begin with `base` (urn:lotbook:). The same ledger gives the same bytes. How records are told stands in docs/reference/epcis.md. A lot in a unit that has no code is refused before anything is sent; an answer that cannot be brought to its end breaks the connection off.',
    permission: 'INVENTORY.READ.GET',
    query: { shape: epcisEventsShape },
    streams: true,
    answers: { 200: { description: 'The document.', contentType: jsonLd, schema: EpcisDocument } },
    refusals: ['NotFound'],
    handle: ({ transfer, exports, now }, { query, call }) =>
      attempt(async (): Promise<Answer | Problem> => {
        const stream = await exports.send(() => documentOf(transfer, call, query, now))
        if (stream instanceof Problem) return stream
        return { status: 200, stream, headers: { 'Content-Type': jsonLd } }
      }),
  },
  {
    method: 'POST',
    path: '/v1/epcis/events',
    id: 'importEpcisEvents',
    tag,
    summary: 'Import events of EPCIS 2.0',
    description: `Writes what the events of a document say as lots and lot records, by the rules of every other request and needing its permissions; you are the author. All of the document or none of it: every fault is told at once, by JSON pointer. Each event is written once, whichever document it comes in; what is declared an error is not written. At most ${limits.epcisEvents} events. What is read, and as what, stands in docs/reference/epcis.md.`,
    permission: 'INVENTORY.WRITE.SAVE',
    permissionOfType: true,
    dryRun: true,
    body: { document: { types: [jsonLd, 'application/json'], schema: EpcisDocument } },
    bodyLimits: { bytes: limits.epcisBytes, values: limits.epcisValues, depth: limits.bodyDepth },
    answers: { 200: { description: 'What became of the events.', schema: EpcisImported } },
    refusals: ['VersionConflict'],
    handle: ({ transfer }, { body, call, dryRun }) => Effect.map(transfer.epcis.importDocument(body, call, dryRun), ok),
  },
]
