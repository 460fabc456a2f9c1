import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { makeNewFile } from '@lotbook/repository'
import { endUnwritten } from '../output-gone.ts'
import { notWritten, refuseExisting } from './new-file.ts'

/** Writes to the standard output, or into a new file that appears under its name when it is whole and on the disk. */
export const writeOut = async (text: AsyncIterable<string>, file: string | undefined): Promise<void> => {
  if (file === undefined || file === '-') {
    process.stdout.on('error', endUnwritten)
    await pipeline(Readable.from(text), process.stdout, { end: false })
    return
  }
  refuseExisting(file)
  try {
    await makeNewFile(file, (partial) => pipeline(Readable.from(text), createWriteStream(partial)))
  } catch (error) {
    throw notWritten(file, error)
  }
}
