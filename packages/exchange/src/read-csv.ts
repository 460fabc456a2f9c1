import { type ImportKind, importShapes, readOnlyFields } from '@lotbook/domain'
import { type CsvError, parse } from 'csv-parse'
import { readCell } from './csv-cell.ts'
import { longestRow, type SourceRow, UnreadableFile } from './source-row.ts'

interface Parsed {
  readonly record: readonly string[]
  readonly raw: string
  readonly info: { readonly empty_lines: number }
}

// Bytes that are no UTF-8 would otherwise become other text without a word.
async function* asText(source: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  for await (const chunk of source) yield decoder.decode(chunk, { stream: true })
  yield decoder.decode()
}

const judgeHeader = (header: readonly string[], kind: ImportKind): void => {
  const known: readonly string[] = [...importShapes[kind].keys, ...readOnlyFields[kind]]
  const wrong = header.filter((name) => !known.includes(name))
  if (wrong.length > 0)
    throw new UnreadableFile(
      `the header row has ${wrong.map((name) => `“${name}”`).join(', ')}; a ${kind} has ${importShapes[kind].keys.join(', ')}`,
    )
  if (new Set(header).size < header.length) throw new UnreadableFile('the header row has the same column twice')
}

const bare = (raw: string): string => raw.replace(/^[\r\n]+|[\r\n]+$/gu, '')

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
    const text = bare(raw)
    ended += text.split('\n').length
    line = ended + info.empty_lines + 1
    if (header === undefined) {
      header = record.map((name) => name.trim())
      judgeHeader(header, kind)
      onHeader?.(text)
    } else if (record.length === header.length) {
      const cells = header.map((name, at) => [name, readCell(record[at] ?? '')] as const)
      rows.push({ line: begins, input: { fields: { kind, ...Object.fromEntries(cells) } }, text })
    } else {
      const uneven = `must have ${header.length} cells like the header row, and has ${record.length}`
      rows.push({ line: begins, input: { problem: uneven }, text })
    }
  }

  // What the parser finds is taken at once: a stream that fails forgets what nobody has asked for yet.
  const parser = parse({
    ...{ bom: true, info: true, raw: true, relax_column_count: true, skip_empty_lines: true },
    ...{ max_record_size: longestRow, skip_records_with_error: true },
    on_record: (parsed: unknown) => {
      if (problem === undefined) take(parsed as Parsed)
      return null
    },
    on_skip: (error: CsvError | undefined, raw: string | undefined) => {
      // A quote that is never closed is found at the end: what it began is all that was not read.
      if (problem === undefined && error?.code === 'CSV_QUOTE_NOT_CLOSED') rest = bare(raw ?? '')
      problem ??= fromHereOn(error?.message ?? 'it is no CSV')
      return undefined
    },
  })
  // What goes wrong is told to whoever writes; a stream that nobody listens to would end the process.
  parser.on('error', () => parser.destroy())
  parser.resume()
  const given = (write: (done: (error?: Error | null) => void) => void) =>
    new Promise<void>((resolve, reject) => write((error) => (error ? reject(error) : resolve())))

  try {
    for await (const text of asText(source)) {
      await given((done) => parser.write(text, done))
      if (rows.length > 0) yield rows
      rows = []
      if (problem !== undefined) break
    }
    if (problem === undefined) await given((done) => parser.end(done))
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    problem = fromHereOn('it is not UTF-8')
  } finally {
    parser.destroy()
  }
  if (header === undefined)
    throw new UnreadableFile(problem === undefined ? 'the file is empty: a header row is needed' : problem)
  if (problem !== undefined) rows.push({ line, input: { problem }, text: rest })
  if (rows.length > 0) yield rows
}
