import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** Writes to the standard output, or into a file that appears under its name when it is whole. */
export const writeOut = async (text: AsyncIterable<string>, file: string | undefined): Promise<void> => {
  if (file === undefined || file === '-') {
    await pipeline(Readable.from(text), process.stdout, { end: false })
    return
  }
  const partial = `${file}.partial`
  try {
    await pipeline(Readable.from(text), createWriteStream(partial))
    await rename(partial, file)
  } catch (error) {
    await rm(partial, { force: true })
    throw error
  }
}
