import type { SourceRow } from './source-row.ts'

/**
 * Reads the first rows now, and gives them again with all the others: what cannot be read as a file of rows at all is
 * found out before anything is done with it.
 */
export const readAhead = async (
  rows: AsyncIterable<readonly SourceRow[]>,
): Promise<AsyncIterable<readonly SourceRow[]>> => {
  const reading = rows[Symbol.asyncIterator]()
  const first = await reading.next()
  return (async function* () {
    if (first.done === true) return
    yield first.value
    yield* { [Symbol.asyncIterator]: () => reading }
  })()
}
