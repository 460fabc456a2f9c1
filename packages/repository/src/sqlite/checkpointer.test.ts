import { copyFileSync, existsSync, rmSync, statSync } from 'node:fs'
import { showInstant } from '@lotbook/domain'
import Database from 'better-sqlite3'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { done, makePlant, newFile, open, openParts } from '../../test/plant.ts'
import { Checkpointer } from './checkpointer.ts'
import { Connection } from './connection.ts'

/** How many rows the file holds without its log. */
const rowsInFile = (filename: string): number => {
  const alone = newFile()
  copyFileSync(filename, alone)
  const database = new Database(alone)
  const { rows } = database.prepare<[], { rows: number }>('select count(*) as rows from t').get() ?? { rows: -1 }
  database.close()
  return rows
}

const stage = () => {
  const filename = newFile()
  const connection = new Connection(filename)
  connection.exec('create table t (a integer)')
  connection.pragma('wal_checkpoint(truncate)')
  const checkpointer = new Checkpointer(filename)
  onTestFinished(async () => {
    await checkpointer.close()
    connection.close()
  })
  const write = (rows: number) => {
    for (let row = 0; row < rows; row++) connection.exec(`insert into t values (${row})`)
  }
  return { filename, connection, checkpointer, write }
}

describe('the log of a file', () => {
  it('is brought into it beside the writer, once enough was written', async () => {
    const { filename, checkpointer, write } = stage()
    write(255)
    checkpointer.wrote(255)
    await checkpointer.idle()
    expect(rowsInFile(filename)).toBe(0)
    write(1)
    checkpointer.wrote(1)
    await checkpointer.idle()
    expect(rowsInFile(filename)).toBe(256)
  })

  it('does not keep a reader of an earlier moment from seeing that moment', async () => {
    const { filename, checkpointer, write } = stage()
    write(10)
    const reader = new Connection(filename, { readonly: true })
    onTestFinished(() => reader.close())
    const counted = () => reader.answer({ sql: 'select count(*) as rows from t', parameters: [] })
    reader.exec('begin')
    expect(counted()).toEqual([{ rows: 10 }])
    write(256)
    checkpointer.wrote(256)
    await checkpointer.idle()
    expect(counted()).toEqual([{ rows: 10 }])
    reader.exec('commit')
    expect(counted()).toEqual([{ rows: 266 }])
  })

  it('is left to the writer where the thread cannot do it', async () => {
    const { filename, connection, write } = stage()
    const nowhere = new Checkpointer(`${filename}.none`)
    nowhere.wrote(256)
    await nowhere.close()
    expect(existsSync(`${filename}.none`)).toBe(false)
    write(3)
    expect(connection.answer({ sql: 'select count(*) as rows from t', parameters: [] })).toEqual([{ rows: 3 }])
  })
})

describe('a store that is written to at length', () => {
  it('has a log that does not grow with it, and loses nothing', async () => {
    const filename = newFile()
    const { writer, checkpointer, store } = openParts(filename)
    const plant = await makePlant(store)
    const lot = await plant.lot('A')
    await plant.receive(lot, 1000)
    let largest = 0
    const rounds = 120
    const notes = 'n'.repeat(2000)
    for (let round = 0; round < rounds; round++) {
      const group = Array.from({ length: 32 }, (_, item) =>
        plant.record('CONSUME', lot, {
          ...{ quantity: 0.1, sourceLocationId: plant.dock, notes },
          startDate: showInstant(Date.UTC(2026, 10, 21) + round * 32_000 + item),
        }),
      )
      await Promise.all(group.map(done))
      largest = Math.max(largest, statSync(`${filename}-wal`).size)
    }
    expect(writer.commits).toBeGreaterThanOrEqual(rounds)
    await checkpointer?.idle()
    // 8000 pages and one commit more: the writer’s own limit. More than that is written.
    expect(largest).toBeLessThan(35_000_000)
    const checkpoint = await done(store.checkpoint())
    expect(checkpoint.count).toBe(2 + rounds * 32)
    // As after a crash: what is there is the file and the log.
    const crashed = newFile()
    copyFileSync(filename, crashed)
    copyFileSync(`${filename}-wal`, `${crashed}-wal`)
    const after = await open({ filename: crashed })
    expect(await done(after.store.checkpoint())).toEqual(checkpoint)
    expect(await done(after.store.verify(checkpoint))).toMatchObject({ records: checkpoint.count, mismatches: [] })
  })

  it('leaves no log and no thread when it is closed', async () => {
    const filename = newFile()
    const opened = await open({ filename })
    const plant = await makePlant(opened.store)
    const lot = await plant.lot('A')
    await Promise.all(Array.from({ length: 300 }, () => plant.receive(lot, 1)))
    await opened.close()
    expect(existsSync(`${filename}-wal`)).toBe(false)
    rmSync(`${filename}-shm`, { force: true })
    const again = await open({ filename })
    expect(await done(again.store.verify())).toMatchObject({ records: 301, mismatches: [] })
  })

  it('leaves no log when a long read ends while it is being closed', async () => {
    const filename = newFile()
    const opened = await open({ filename })
    const plant = await makePlant(opened.store)
    const lot = await plant.lot('A')
    await Promise.all(Array.from({ length: 256 }, () => plant.receive(lot, 1)))
    const reading = done(opened.store.verify())
    const closing = vi.spyOn(Checkpointer.prototype, 'close')
    onTestFinished(() => closing.mockRestore())
    // The thread takes longer than the reading.
    closing.mockImplementationOnce(async function (this: Checkpointer) {
      await reading
      await this.close()
    })
    await opened.close()
    expect(await reading).toMatchObject({ records: 257, mismatches: [] })
    expect(existsSync(`${filename}-wal`)).toBe(false)
  })
})
