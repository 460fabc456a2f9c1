import { type Permission, ValidationFailed } from '@lotbook/domain'
import {
  archiveLines,
  type ExportKind,
  exportRows,
  exportShape,
  type Format,
  type ImportQuery,
  importShape,
  readCsv,
  readExport,
  readImport,
  readNdjson,
  runImport,
} from '@lotbook/exchange'
import { Effect } from 'effect'
import { varies } from '../accept.ts'
import { attempt } from '../attempt.ts'
import { limits } from '../limits.ts'
import { type Answer, type Incoming, type Operation, ok } from '../operation.ts'
import { Problem } from '../problem.ts'
import { Imported } from '../schemas/imported.ts'
import type { Transfer } from '../transfer.ts'

const tag = 'Import and export'
const typeOf: Readonly<Record<Format, string>> = { ndjson: 'application/x-ndjson', csv: 'text/csv' }
const types = Object.values(typeOf)
const chunkBytes = 64 * 1024

async function* chunksOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes)
}

const restore = async ({ archive }: Transfer, bytes: Uint8Array) => {
  let rows = 0
  const lines = await archiveLines(chunksOf(bytes))
  async function* counted(): AsyncGenerator<string> {
    for await (const line of lines) {
      rows += 1
      yield line
    }
  }
  await archive.restore(counted())
  return { rows, saved: rows, alreadyThere: 0, refused: 0, errors: [], moreErrors: 0 }
}

const importRows = async ({ importer }: Transfer, { bytes, call }: Incoming, kind: ImportQuery['kind']) => {
  if (call.receipt === undefined) throw new TypeError('an import has a receipt')
  const { scope, key, fingerprint, expires, onReplay } = call.receipt
  const { report, wasFinished } = await runImport({
    importer,
    caller: call,
    key: { scope, key, fingerprint, expires },
    rows: kind === null ? readNdjson(chunksOf(bytes)) : readCsv(chunksOf(bytes), kind),
  })
  if (wasFinished) onReplay?.()
  const { rows, saved, alreadyThere, refused } = report
  const errors = report.errors.slice(0, limits.importErrors)
  return { rows, saved, alreadyThere, refused, errors, moreErrors: refused - errors.length }
}

const formatOf = (headers: Headers): Format =>
  /^\s*text\/csv/iu.test(headers.get('content-type') ?? '') ? 'csv' : 'ndjson'

async function* rowsOf(
  { snapshot }: Transfer,
  kind: ExportKind,
  format: Format,
  call: Incoming['call'],
): AsyncGenerator<string> {
  const { inventory, close } = await snapshot()
  try {
    yield* exportRows(inventory, call, kind, format)
  } finally {
    await close()
  }
}

const fileName = (kind: ExportKind | null, format: Format, now: number): string =>
  `lotbook-${kind ?? 'all'}-${new Date(now).toISOString().slice(0, 19).replaceAll(/[-:]/gu, '')}Z.${format}`

const needs = (example: string, permission: Permission, applies: (query: URLSearchParams) => boolean) => ({
  example,
  permission,
  applies,
})

/** Files of rows, in and out: what `lotbook import` and `lotbook export` do, over HTTP. */
export const importExportRoutes: readonly Operation[] = [
  {
    method: 'POST',
    path: '/v1/import',
    id: 'importRows',
    tag,
    summary: 'Import a file of rows',
    description: `Saves what the rows of the body say, in their order, each decided by the rules of the operation that saves such a thing and needing its permission; you are the author. NDJSON: one JSON object a line, each with its \`kind\`. CSV: a header row of field names, all of one \`kind\`. A refused row changes nothing, and the others are saved: the status is 200 also where rows were refused, and \`refused\` counts them. Send corrected rows in a body of their own: those that were saved would be written again. The same body with the same query and API key is one import: sent again within 7 days, after whatever happened, it goes on behind the last row that was decided, or answers what it came to. To import the same rows once more, send another Idempotency-Key. With \`mode=restore\` the body is a full export, of which an empty ledger is made anew, chain and all: all of it or nothing. Until that has succeeded every change is answered 503, and /health/ready too.`,
    permissionOfMode: [needs('mode=restore', 'INVENTORY.ADMIN', (query) => query.getAll('mode').includes('restore'))],
    query: { shape: importShape },
    body: { rows: { types } },
    bodyLimits: { bytes: limits.importBytes, values: 0, depth: 0 },
    happensOnce: true,
    answers: { 200: { description: 'What became of the rows.', schema: Imported } },
    handle: ({ transfer }, incoming) => {
      const asked = readImport(incoming.query, formatOf(incoming.headers))
      if (asked instanceof ValidationFailed) return Effect.fail(asked)
      const { isRestore, kind } = asked
      return attempt(async () =>
        ok(await (isRestore ? restore(transfer, incoming.bytes) : importRows(transfer, incoming, kind))),
      )
    },
  },
  {
    method: 'GET',
    path: '/v1/export',
    id: 'exportRows',
    tag,
    summary: 'Export the ledger',
    description:
      'One moment of the ledger, sent while others write. With a `kind` (that of the rows, as for importRows, or the name of the list), its rows for people and for importRows, as NDJSON or CSV: by `format`, or else by `Accept`. Without one, the whole ledger as NDJSON, for `mode=restore`; API keys and webhooks are not in it. An answer that cannot be brought to its end breaks the connection off: what ends well is whole.',
    permissionOfMode: [
      needs('kind=unit', 'INVENTORY.READ.GET', (query) => query.has('kind')),
      needs('', 'INVENTORY.ADMIN', () => true),
    ],
    query: { shape: exportShape },
    streams: true,
    answers: {
      200: { description: 'The rows, as a file.', contentType: typeOf.ndjson, alsoAs: [typeOf.csv] },
    },
    handle: ({ transfer, exports, now }, { query, preferred, call }) => {
      const isFree = query['kind'] !== undefined && query['format'] === undefined
      const wanted = isFree && preferred([typeOf.ndjson, typeOf.csv]) === typeOf.csv ? { format: 'csv' } : {}
      const asked = readExport({ ...query, ...wanted })
      if (asked instanceof ValidationFailed) return Effect.fail(asked)
      const { kind, format } = asked
      const text = () => (kind === null ? transfer.archive.write() : rowsOf(transfer, kind, format, call))
      return attempt(async (): Promise<Answer | Problem> => {
        const stream = await exports.send(text)
        if (stream instanceof Problem) return stream
        return {
          status: 200,
          stream,
          headers: {
            ...varies,
            'Content-Type': format === 'csv' ? `${typeOf.csv}; charset=utf-8; header=present` : typeOf.ndjson,
            'Content-Disposition': `attachment; filename="${fileName(kind, format, now())}"`,
          },
        }
      })
    },
  },
]
