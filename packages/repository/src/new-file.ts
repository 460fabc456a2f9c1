import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { link, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Waits until the disk has what was written to a file, or which names a folder has. */
const sync = async (path: string, flags: 'r' | 'r+'): Promise<void> => {
  const handle = await open(path, flags)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const exists = (file: string): NodeJS.ErrnoException =>
  Object.assign(new Error(`EEXIST: ${file} exists already`), { code: 'EEXIST', syscall: 'link' })

// Some file systems, such as those of USB sticks, have no second names for a file.
const hasNoLinks = (error: unknown): boolean =>
  ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'].includes((error as NodeJS.ErrnoException).code ?? '')

/** Gives a whole file its name, unless another has it. */
const name = async (partial: string, file: string): Promise<void> => {
  try {
    await link(partial, file)
  } catch (error) {
    if (!hasNoLinks(error)) throw error
    if (existsSync(file)) throw exists(file)
    await rename(partial, file)
    return
  }
  await rm(partial)
}

/**
 * Makes a file that appears under its name only when it is whole and on the disk: `write` fills one of another name in
 * the same folder, ending in `.partial`, which no other process uses. Rejects with EEXIST where the name is taken by
 * then, and writes over nothing. Where it fails, nothing is left; only a process that is killed leaves its `.partial`.
 */
export const makeNewFile = async (file: string, write: (partial: string) => Promise<void>): Promise<void> => {
  const partial = `${file}.${randomBytes(6).toString('hex')}.partial`
  try {
    await write(partial)
    await sync(partial, 'r+')
    await name(partial, file)
    // Windows has no such thing, and needs none.
    if (process.platform !== 'win32') await sync(dirname(file), 'r')
  } catch (error) {
    await rm(partial, { force: true })
    throw error
  }
}
