import { isUtf8 } from 'node:buffer'
import { isArchiveHead } from '@lotbook/domain'
import { whyAmbiguous } from './repeated-member.ts'
import { longestRow, type SourceRow, UnreadableFile } from './source-row.ts'

const newline = 10
const tooLong = `must be at most ${longestRow} bytes`

const mark = Buffer.from('\ufeff')
const notRows =
  'the file is a full export, not rows: restore it (--restore, or mode=restore over HTTP) into a ledger that is empty or not there yet'

const readLine = (given: Buffer, line: number): SourceRow | undefined => {
  const isMarked = line === 1 && given.subarray(0, mark.length).equals(mark)
  const bytes = isMarked ? given.subarray(mark.length) : given
  if (bytes.length > longestRow) return { line, input: { problem: tooLong }, text: null }
  if (!isUtf8(bytes)) return { line, input: { problem: 'must be UTF-8' }, text: null }
  const text = bytes.toString('utf8')
  if (text.trim() === '') return undefined
  try {
    const fields: unknown = JSON.parse(text)
    const problem = whyAmbiguous(text, fields)
    return { line, input: problem === undefined ? { fields } : { problem }, text }
  } catch (cause) {
    if (cause instanceof SyntaxError) return { line, input: { problem: 'must be one JSON object on one line' }, text }
    throw cause
  }
}

/**
 * Reads NDJSON: one JSON object a line, in UTF-8. Rows come in chunks, as the source gives them; no more than a chunk and
 * the longest row are held. A line that cannot be read is a row with a problem. Empty lines count and are passed over.
 * Rejects with UnreadableFile where it begins as a full export does.
 */
export async function* readNdjson(source: AsyncIterable<Uint8Array>): AsyncGenerator<readonly SourceRow[]> {
  let line = 1
  let begun: Buffer[] = []
  let length = 0
  let isFirst = true
  const end = (last: Buffer): SourceRow | undefined => {
    const bytes = begun.length === 0 ? last : Buffer.concat([...begun, last])
    begun = []
    length = 0
    const row = readLine(bytes, line)
    if (row === undefined) return undefined
    if (isFirst && isArchiveHead(row.text ?? '')) throw new UnreadableFile(notRows)
    isFirst = false
    return row
  }
  for await (const chunk of source) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length)
    const rows: SourceRow[] = []
    let from = 0
    for (let to = bytes.indexOf(newline); to !== -1; to = bytes.indexOf(newline, from)) {
      const row = end(bytes.subarray(from, to))
      if (row !== undefined) rows.push(row)
      line += 1
      from = to + 1
    }
    // Of a line that is too long already, the rest is only counted.
    if (from < bytes.length && length <= longestRow) {
      begun.push(Buffer.from(bytes.subarray(from)))
      length += bytes.length - from
    }
    if (rows.length > 0) yield rows
  }
  const last = end(Buffer.alloc(0))
  if (last !== undefined) yield [last]
}
