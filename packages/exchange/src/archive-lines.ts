import { isArchiveHead } from '@lotbook/domain'
import { linesOf } from './lines.ts'
import { UnreadableFile } from './source-row.ts'

/**
 * The lines of a full export. The first is read now: what is no full export is found out before anything is done with it,
 * and rejected with UnreadableFile.
 */
export const archiveLines = async (source: AsyncIterable<Uint8Array>): Promise<AsyncIterable<string>> => {
  const reading = linesOf(source)
  const first = await reading.next()
  if (first.done === true || !isArchiveHead(first.value))
    throw new UnreadableFile(
      'the file is no full export: rows are imported without --restore, over HTTP without mode=restore',
    )
  return (async function* () {
    yield first.value
    yield* reading
  })()
}
