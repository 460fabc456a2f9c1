import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { endUnwritten } from '../output-gone.ts'
import { notWritten, refuseExisting } from './new-file.ts'

/** Writes to the standard output, or into a new file that appears under its name when it is whole. */
export const writeOut = async (text: AsyncIterable<string>, file: string | undefined): Promise<void> => {
  if (file === undefined || file === '-') {
    process.stdout.on('error', endUnwritten)
    await pipeline(Readable.from(text), process.stdout, { end: false })
    return
  }
  refuseExisting(file)
  const partial = `${file}.partial`
  try {
    await pipeline(Readable.from(text), createWriteStream(partial))
    // Writing takes long: another may have made the file meanwhile.
    refuseExisting(file)
    await rename(partial, file)
  } catch (error) {
    await rm(partial, { force: true })
    throw notWritten(file, error)
  }
}
