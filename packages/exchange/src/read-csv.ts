import { isUtf8 } from 'node:buffer'
import { type ImportKind, importShapes, readOnlyFields } from '@lotbook/domain'
import { type CsvError, parse } from 'csv-parse'
import { readCell } from './csv-cell.ts'
import { longestRow, type SourceRow, UnreadableFile } from './source-row.ts'

interface Parsed {
  readonly record: readonly string[]
  readonly raw: string
  readonly info: { readonly empty_lines: number }
}

const saveAsUtf8 = 'save it as UTF-8 (in a spreadsheet: “CSV UTF-8”)'

/** The bytes without the mark that some programs put before UTF-8. Rejects where the mark is that of UTF-16. */
async function* withoutMark(source: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let begun: Buffer | undefined = Buffer.alloc(0)
  for await (const chunk of source) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length)
    if (begun === undefined) {
      yield bytes
      continue
    }
    begun = Buffer.concat([begun, bytes])
    if (begun.length < 3) continue
    yield begin(begun)
    begun = undefined
  }
  if (begun !== undefined && begun.length > 0) yield begin(begun)
}

const begin = (bytes: Buffer): Buffer => {
  const mark = bytes.toString('latin1', 0, 3)
  if (mark.startsWith('\u00ff\u00fe') || mark.startsWith('\u00fe\u00ff'))
    throw new UnreadableFile(`the file is UTF-16: ${saveAsUtf8}`)
  return mark === '\u00ef\u00bb\u00bf' ? bytes.subarray(3) : bytes
}

// Rows are cut as bytes, one character each, and read as UTF-8 one by one: one that is none spoils no other.
const utf8 = (bytes: string): string =>
  /[\u0080-\u00ff]/u.test(bytes) ? Buffer.from(bytes, 'latin1').toString('utf8') : bytes
const isReadable = (bytes: string): boolean => isUtf8(Buffer.from(bytes, 'latin1'))

const judgeHeader = (header: readonly string[], kind: ImportKind): void => {
  const [only = ''] = header
  if (header.length === 1 && /[;\t]/u.test(only))
    throw new UnreadableFile(
      `the header row is parted by ${only.includes(';') ? 'semicolons' : 'tabs'}, and must be by commas: save the file with commas`,
    )
  const known: readonly string[] = [...importShapes[kind].keys, ...readOnlyFields[kind]]
  const wrong = header.filter((name) => !known.includes(name))
  if (wrong.length > 0)
    throw new UnreadableFile(
      `the header row has ${wrong.map((name) => `“${name}”`).join(', ')}; a ${kind} has ${importShapes[kind].keys.join(', ')}`,
    )
  if (new Set(header).size < header.length) throw new UnreadableFile('the header row has the same column twice')
}

const bare = (raw: string): string => raw.replace(/^[\r\n]+|[\r\n]+$/gu, '')

/** What is wrong, by the parser's codes: its own words speak of its settings. */
const faults: Readonly<Record<string, string>> = {
  CSV_INVALID_CLOSING_QUOTE: 'text follows a closing quote (a quote within quotes is written twice)',
  CSV_NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE: 'text follows a closing quote (a quote within quotes is written twice)',
  CSV_QUOTE_NOT_CLOSED: 'a quote that begins here is never closed',
  CSV_MAX_RECORD_SIZE: `a row must be at most ${longestRow} bytes`,
}

const fromHereOn = (why: string): string => `cannot be read from here on, and nothing after it was: ${why}`

/**
 * Reads CSV (RFC 4180) in UTF-8: a header row of field names, then one row for each thing of the kind. An empty cell is
 * no value. Rejects with UnreadableFile where the header is wrong; a row that cannot be read is a row with a problem.
 */
export async function* readCsv(
  source: AsyncIterable<Uint8Array>,
  kind: ImportKind,
  /** Told the header row as it stands in the file. */
  onHeader?: (text: string) => void,
): AsyncGenerator<readonly SourceRow[]> {
  let rows: SourceRow[] = []
  let header: readonly string[] | undefined
  let problem: string | undefined
  let rest: string | null = null
  // The parser's own count takes CR LF within quotes for two lines.
  let ended = 0
  let line = 1

  const take = ({ record, raw, info }: Parsed): void => {
    const begins = ended + info.empty_lines + 1
    const text = isReadable(raw) ? utf8(bare(raw)) : null
    ended += bare(raw).split('\n').length
    line = ended + info.empty_lines + 1
    if (header === undefined) {
      if (text === null) throw new UnreadableFile(`the header row is not UTF-8: ${saveAsUtf8}`)
      header = record.map((name) => utf8(name).trim())
      judgeHeader(header, kind)
      onHeader?.(text)
    } else if (text === null) rows.push({ line: begins, input: { problem: `is not UTF-8: ${saveAsUtf8}` }, text })
    else if (record.length === header.length) {
      const cells = header.map((name, at) => [name, readCell(utf8(record[at] ?? ''))] as const)
      rows.push({ line: begins, input: { fields: { kind, ...Object.fromEntries(cells) } }, text })
    } else {
      const uneven = `must have ${header.length} cells like the header row, and has ${record.length}`
      rows.push({ line: begins, input: { problem: uneven }, text })
    }
  }

  // What the parser finds is taken at once: a stream that fails forgets what nobody has asked for yet.
  const parser = parse({
    ...{ encoding: 'latin1', info: true, raw: true, relax_column_count: true, skip_empty_lines: true },
    ...{ max_record_size: longestRow, skip_records_with_error: true },
    on_record: (parsed: unknown) => {
      if (problem === undefined) take(parsed as Parsed)
      return null
    },
    on_skip: (error: CsvError | undefined, raw: string | undefined) => {
      // A quote that is never closed is found at the end: what it began is all that was not read.
      if (problem === undefined && error?.code === 'CSV_QUOTE_NOT_CLOSED')
        rest = isReadable(raw ?? '') ? utf8(bare(raw ?? '')) : null
      problem ??= fromHereOn(faults[error?.code ?? ''] ?? error?.message ?? 'it is no CSV')
      return undefined
    },
  })
  // What goes wrong is told to whoever writes; a stream that nobody listens to would end the process.
  parser.on('error', () => parser.destroy())
  parser.resume()
  const given = (write: (done: (error?: Error | null) => void) => void) =>
    new Promise<void>((resolve, reject) => write((error) => (error ? reject(error) : resolve())))

  try {
    for await (const bytes of withoutMark(source)) {
      await given((done) => parser.write(bytes, done))
      if (rows.length > 0) yield rows
      rows = []
      if (problem !== undefined) break
    }
    if (problem === undefined) await given((done) => parser.end(done))
  } finally {
    parser.destroy()
  }
  if (header === undefined)
    throw new UnreadableFile(problem === undefined ? 'the file is empty: a header row is needed' : problem)
  if (problem !== undefined) rows.push({ line, input: { problem }, text: rest })
  if (rows.length > 0) yield rows
}
