import { createHash } from 'node:crypto'
import { createReadStream, statSync } from 'node:fs'
import { extname } from 'node:path'
import { type Format, formats } from '@lotbook/exchange'
import { exitCode, Stop } from '../exit-code.ts'

const chunkBytes = 256 * 1024

/** A file to read from, or the standard input as `-`. */
export interface SourceFile {
  readonly name: string
  /** In bytes; null where nobody knows. */
  readonly size: number | null
  /** The bytes, in chunks. `position` says how many have been read. */
  readonly bytes: () => AsyncIterable<Uint8Array>
  readonly position: () => number
}

/** Opens a file for reading. Stops where there is none. */
export const openSource = (name: string): SourceFile => {
  let position = 0
  async function* counted(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of stream) {
      position += chunk.length
      yield chunk
    }
  }
  if (name === '-') return { name, size: null, bytes: () => counted(process.stdin), position: () => position }
  const found = statSync(name, { throwIfNoEntry: false })
  if (found === undefined || found.isDirectory())
    throw new Stop(`there is no file ${name}`, { code: exitCode.notFound })
  return {
    name,
    size: found.isFile() ? found.size : null,
    bytes: () => counted(createReadStream(name, { highWaterMark: chunkBytes })),
    position: () => position,
  }
}

/** What tells one file from another: a digest of all of it. */
export const digestOf = async (name: string): Promise<string> => {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(name, { highWaterMark: chunkBytes })) hash.update(chunk as Uint8Array)
  return hash.digest('hex')
}

/** The format that the name of a file tells; undefined where it tells none. */
export const formatOf = (name: string): Format | undefined => {
  const extension = extname(name).slice(1).toLowerCase()
  return extension === 'jsonl' ? 'ndjson' : formats.find((format) => format === extension)
}
