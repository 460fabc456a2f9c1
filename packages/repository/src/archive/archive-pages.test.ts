import { hash } from 'node:crypto'
import Database from 'better-sqlite3'
import { sql } from 'kysely'
import { describe, expect, it, onTestFinished } from 'vitest'
import { ada, archiveOf, at, done, linesOf, makePlant, newFile, open } from '../../test/plant.ts'
import { newPostgres, queryPostgres } from '../../test/postgres-under-test.ts'
import type { Dialect } from '../dialect.ts'
import type { Session } from '../engine.ts'
import { postgresDialect } from '../postgres/dialect.ts'
import { sqliteDialect } from '../sqlite/dialect.ts'
import { makeEngine } from '../sqlite/engine.ts'
import { openConnection } from '../sqlite/open.ts'
import { makeArchive } from './archive.ts'

/** All that JSON writes in another way than it is, and letters of two, three and four bytes. */
const hard = `"\\/\b\f\n\r\t\u0001\u001f\u007fäΩ€🧀`

/** A file with some pages of versions, whose notes hold all that is hard to write. */
const written = async (): Promise<string> => {
  const filename = newFile()
  const { store } = await open({ filename })
  const { inventory, ...plant } = await makePlant(store)
  const lot = await plant.lot('A')
  await plant.receive(lot, 1000)
  const consume = (notes: string) => ({ type: 'CONSUME', quantity: 1, lotIdOrName: lot.id, notes, startDate: at(21) })
  const requests = Array.from({ length: 600 }, (_, number) => ({
    ...consume(`batch ${number} "\\\n€🧀`),
    sourceLocationIdOrPath: plant.dock,
  }))
  await done(inventory.executeInventoryActions({ requests }, ada))
  return filename
}

describe('the pages of an archive', () => {
  it('are the same text on either engine, and one engine takes that of the other', async () => {
    const original = await open({ filename: await written() })
    const text = await archiveOf(original)
    const { count } = await done(original.store.checkpoint())
    expect(count).toBeGreaterThan(600)
    expect(text.match(/^\{"kind":"version"/gmu)?.length).toBe(count)
    const moved = await open({ filename: await newPostgres() })
    await moved.archive.restore(linesOf(text))
    expect(await archiveOf(moved)).toBe(text)
    const back = await open({ filename: newFile() })
    await back.archive.restore(linesOf(await archiveOf(moved)))
    expect(await archiveOf(back)).toBe(text)
  })

  it('are asked for one ahead of the reader, and no more', async () => {
    const filename = await written()
    const { connection } = openConnection(filename, 'standard')
    onTestFinished(() => connection.close())
    const engine = makeEngine(filename, connection, 0)
    let asked = 0
    let ended = 0
    const openSession = async (): Promise<Session> => {
      const { run, end } = await engine.openSession(false)
      return {
        run: (program) => {
          asked += 1
          return run(program)
        },
        end: (keep) => {
          ended += 1
          return end(keep)
        },
      }
    }
    const archive = makeArchive(sqliteDialect, { ...engine, openSession }, (text) => hash('sha256', text))
    const reading = archive.write()
    // The head alone; then units, and whether there are more.
    await reading.next()
    expect(asked).toBe(1)
    await reading.next()
    expect(asked).toBe(3)
    let piece = await reading.next()
    while (piece.value?.startsWith('{"kind":"version","sequence":1,') === false) piece = await reading.next()
    const first = asked
    await reading.next()
    expect(asked).toBe(first + 1)
    await reading.next()
    expect(asked).toBe(first + 2)
    expect(ended).toBe(0)
    await reading.return(undefined)
    expect([asked, ended]).toEqual([first + 2, 1])
  })

  const textOf = ({ db, quoted }: Dialect): string => {
    const letters = Array.from(hard, (letter) => letter.codePointAt(0) ?? 0)
    const letter = db === sqliteDialect.db ? 'char' : 'chr'
    const text = sql.raw(letters.map((code) => `${letter}(${code})`).join(' || '))
    return sql`select ${quoted(text)} as text`.compile(db).sql
  }

  it('hold a text as JSON.stringify writes it, on either engine', async () => {
    const database = new Database(':memory:')
    onTestFinished(() => {
      database.close()
    })
    const expected = [{ text: JSON.stringify(hard) }]
    expect(database.prepare(textOf(sqliteDialect)).all()).toEqual(expected)
    expect(await queryPostgres(await newPostgres(), textOf(postgresDialect))).toEqual(expected)
  })
})
