import { createHash } from 'node:crypto'
import {
  type ArchiveHead,
  type Checkpoint,
  readArchiveLine,
  type Sha256,
  StorageUnavailable,
  showArchiveLine,
} from '@lotbook/domain'
import type { Dialect } from '../dialect.ts'
import type { Engine, Session } from '../engine.ts'
import type { LedgerHead } from '../ledger-head.ts'
import { makeReadArchive, type PageAfter, type TextPage } from './read-archive.ts'
import { makeRestore, type NumberedLine, refuseLine } from './restore.ts'

/** A whole ledger as text, out and in. Keys, receipts and imports are not part of it. */
export interface Archive {
  /** The lines of the whole ledger, each with its line break, some at a time: one moment of it, while others write. */
  readonly write: () => AsyncGenerator<string>
  /**
   * Fills an empty store with the lines of an archive and verifies it: all of it or nothing. Until that is done the
   * store refuses to be used, also after a crash. Rejects with ValidationFailed where the store is not empty, a line is
   * not what an export writes, or something does not fit.
   */
  readonly restore: (lines: AsyncIterable<string>) => Promise<Checkpoint>
}

const linesAtOnce = 500

const oneTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** Reads the numbered lines of an archive, some at a time, and sees to its head and its end. */
async function* numbered(lines: AsyncIterable<string>): AsyncGenerator<readonly NumberedLine[]> {
  const digest = createHash('sha256')
  let number = 0
  let group: NumberedLine[] = []
  let ended = false
  for await (const text of lines) {
    number += 1
    if (ended) throw refuseLine(number, 'nothing stands after the end of an archive')
    const read = readArchiveLine(text)
    if ('wrong' in read) throw refuseLine(number, read.wrong)
    const { kind, item } = read.value
    if ((number === 1) !== (kind === 'lotbook')) throw refuseLine(number, 'an archive begins with its head, once')
    if (kind === 'end') {
      ended = true
      if (item.lines !== number - 1 || item.sha256 !== digest.digest('hex'))
        throw refuseLine(number, 'the lines before it are not those that were exported')
      continue
    }
    digest.update(`${text}\n`)
    group.push({ number, line: read.value })
    if (group.length === linesAtOnce || number === 1) {
      yield group
      group = []
    }
  }
  if (!ended) throw refuseLine(number + 1, 'the end of the archive is missing: it was cut off')
  if (group.length > 0) yield group
}

/** Makes the archive of a store. */
export const makeArchive = (dialect: Dialect, engine: Engine, sha256: Sha256): Archive => {
  const { head, parts } = makeReadArchive(dialect)

  /** What goes wrong with the database is told as every other call tells it. */
  const available = async <A>(work: Promise<A>): Promise<A> => {
    try {
      return await work
    } catch (cause) {
      const reason = dialect.whyUnavailable(cause)
      throw reason === undefined ? cause : new StorageUnavailable({ reason })
    }
  }

  /**
   * The first line and then page after page of the others, of one moment. While one is being written the database makes
   * the next, and no more than that one, however slow the reader is.
   */
  async function* pages(): AsyncGenerator<Pick<TextPage, 'text' | 'lines'>> {
    const session = await engine.openSession(false)
    /** What comes of it is told to who takes it. Nobody does where the archive is ended early. */
    const ask = (part: PageAfter<TextPage>, after: number): Promise<() => TextPage> =>
      available(session.run(() => part(after))).then(
        (page) => () => page,
        (error: unknown) => () => {
          throw error
        },
      )
    try {
      const first = await available(session.run(head))
      yield { text: `${showArchiveLine(first)}\n`, lines: 1 }
      for (const part of parts)
        for (let asked = ask(part, 0); ; ) {
          const page = (await asked)()
          if (page.last === undefined) break
          asked = ask(part, page.last)
          // A statement leaves at the end of the turn: else the database would have nothing to do until this page is sent.
          await oneTurn()
          yield page
        }
    } finally {
      await session.end(false)
    }
  }

  async function* write(): AsyncGenerator<string> {
    const digest = createHash('sha256')
    let count = 0
    for await (const { text, lines } of pages()) {
      count += lines
      digest.update(text)
      yield text
    }
    yield `${showArchiveLine({ kind: 'end', item: { lines: count, sha256: digest.digest('hex') } })}\n`
  }

  const inSession = async <A>(work: (session: Session) => Promise<A>): Promise<A> => {
    const session = await engine.openSession(true)
    let done = false
    try {
      const answer = await work(session)
      done = true
      return answer
    } finally {
      await session.end(done)
    }
  }

  const restore: Archive['restore'] = async (lines) => {
    const programs = makeRestore(dialect, sha256)
    await available(inSession((session) => session.run(programs.announce)))
    const filling = inSession(async (session) => {
      let at: LedgerHead = await session.run(programs.begin)
      let promised: ArchiveHead | undefined
      for await (const group of numbered(lines)) {
        const [begins] = group
        if (begins?.line.kind === 'lotbook') {
          promised = begins.line.item
          at = { ...at, policy: promised.policy }
          continue
        }
        const before = at
        at = await session.run(() => programs.saveAll(group, before))
      }
      if (promised === undefined) throw refuseLine(1, 'an archive begins with its head, once')
      const whole = promised
      return await session.run(() => programs.end(whole, at))
    })
    return await available(filling)
  }

  return { write, restore }
}
