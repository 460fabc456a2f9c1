import { copyFileSync, existsSync, rmSync, statSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import { showInstant } from '@lotbook/domain'
import Database from 'better-sqlite3'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { done, makePlant, newFile, open, openParts } from '../../test/plant.ts'
import { Checkpointer, type CheckpointLimits } from './checkpointer.ts'
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

/** A writer that notes when it is to pause, and with how many rows in the file. */
const pausable = (filename: string) => {
  const told: string[] = []
  return {
    told,
    pause: () => told.push('pause'),
    resume: () => told.push(`resume with ${rowsInFile(filename)}`),
  }
}

const stage = (limits?: CheckpointLimits) => {
  const filename = newFile()
  const connection = new Connection(filename)
  connection.exec('create table t (a integer)')
  connection.pragma('wal_checkpoint(truncate)')
  const writer = pausable(filename)
  const checkpointer = new Checkpointer(filename, writer, limits)
  onTestFinished(async () => {
    await checkpointer.close()
    connection.close()
  })
  const write = (rows: number) => {
    for (let row = 0; row < rows; row++) connection.exec(`insert into t values (${row})`)
  }
  return { filename, connection, checkpointer, writer, write }
}

describe('the log of a file', () => {
  it('is brought into it beside the writer, once enough was written', async () => {
    const { filename, checkpointer, write } = stage()
    write(511)
    checkpointer.wrote(511)
    await checkpointer.idle()
    expect(rowsInFile(filename)).toBe(0)
    write(1)
    checkpointer.wrote(1)
    await checkpointer.idle()
    expect(rowsInFile(filename)).toBe(512)
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
    checkpointer.wrote(512)
    await checkpointer.idle()
    expect(counted()).toEqual([{ rows: 10 }])
    reader.exec('commit')
    expect(counted()).toEqual([{ rows: 266 }])
  })

  it('is left to the writer where the thread cannot do it', async () => {
    const { filename, connection, write } = stage()
    const nowhere = new Checkpointer(`${filename}.none`, pausable(filename))
    nowhere.wrote(512)
    await nowhere.idle()
    await nowhere.close()
    expect(existsSync(`${filename}.none`)).toBe(false)
    write(3)
    expect(connection.answer({ sql: 'select count(*) as rows from t', parameters: [] })).toEqual([{ rows: 3 }])
  })
})

describe('a log that has become long', () => {
  const limits = { changes: 8, pages: 8 }
  /** How many pages the log has. */
  const pagesIn = (connection: Connection) =>
    connection.answer({ sql: 'pragma wal_checkpoint(passive)', parameters: [] })[0] as { readonly log: number }

  it('begins anew after a pause of the writer, in which all of it is brought into the file', async () => {
    const { filename, connection, checkpointer, writer, write } = stage(limits)
    write(7)
    checkpointer.wrote(8)
    await checkpointer.idle()
    expect(writer.told).toEqual([])
    write(8)
    checkpointer.wrote(8)
    await checkpointer.idle()
    expect(writer.told).toEqual(['pause', 'resume with 15'])
    const { size } = statSync(`${filename}-wal`)
    write(1)
    expect(statSync(`${filename}-wal`).size).toBe(size)
    expect(pagesIn(connection).log).toBeLessThan(3)
  })

  it('does not make the writer pause while a reader of an earlier moment needs it', async () => {
    const { connection, checkpointer, writer, write, filename } = stage(limits)
    const reader = new Connection(filename, { readonly: true })
    onTestFinished(() => reader.close())
    reader.exec('begin')
    reader.answer({ sql: 'select count(*) from t', parameters: [] })
    write(20)
    checkpointer.wrote(20)
    await checkpointer.idle()
    expect(writer.told).toEqual([])
    reader.exec('commit')
    write(1)
    checkpointer.wrote(8)
    await checkpointer.idle()
    expect(writer.told).toEqual(['pause', 'resume with 21'])
    write(1)
    expect(pagesIn(connection).log).toBeLessThan(3)
  })

  it('keeps the process alive for as long as a writer waits for it, and no longer', async () => {
    const { checkpointer, writer, write } = stage(limits)
    const { told } = writer
    for (const word of ['ref', 'unref'] as const) {
      const original = Worker.prototype[word]
      const spied = vi.spyOn(Worker.prototype, word).mockImplementation(function (this: Worker) {
        told.push(word)
        original.call(this)
      })
      onTestFinished(() => spied.mockRestore())
    }
    write(20)
    checkpointer.wrote(20)
    await checkpointer.idle()
    expect(told).toEqual(['unref', 'pause', 'ref', 'unref', 'resume with 20'])
  })

  it('keeps no writer waiting where the thread ends before it is done', async () => {
    const { filename, connection, write } = stage()
    const writer = pausable(filename)
    let closed: Promise<void> | undefined
    const pause = () => {
      writer.pause()
      closed = ending.close()
    }
    const ending = new Checkpointer(filename, { ...writer, pause }, limits)
    write(20)
    ending.wrote(20)
    await vi.waitFor(() => expect(writer.told).toEqual(['pause', 'resume with 20']), { timeout: 60_000 })
    await closed
    write(1)
    expect(pagesIn(connection).log).toBeGreaterThan(0)
  })
})

describe('a store that is written to at length', () => {
  it('has a log that does not grow with it, and loses nothing', async () => {
    const filename = newFile()
    const { writer, connection, checkpointer, store } = openParts(filename, undefined, { changes: 128, pages: 500 })
    connection.exec('pragma wal_autocheckpoint = 1000')
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
      // The thread may be as slow as it likes: that it does its part now and then is enough.
      if (round % 10 === 9) await checkpointer?.idle()
    }
    expect(writer.commits).toBeGreaterThanOrEqual(rounds)
    await checkpointer?.idle()
    // 1000 pages and a commit more are the writer’s own limit, unless the thread is at it then. Twice as much is written.
    expect(largest).toBeLessThan(20_000_000)
    expect(statSync(filename).size).toBeGreaterThan(20_000_000)
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
    await Promise.all(Array.from({ length: 600 }, () => plant.receive(lot, 1)))
    await opened.close()
    expect(existsSync(`${filename}-wal`)).toBe(false)
    rmSync(`${filename}-shm`, { force: true })
    const again = await open({ filename })
    expect(await done(again.store.verify())).toMatchObject({ records: 601, mismatches: [] })
  })

  it('leaves no log when a long read ends while it is being closed', async () => {
    const filename = newFile()
    const opened = await open({ filename })
    const plant = await makePlant(opened.store)
    const lot = await plant.lot('A')
    await Promise.all(Array.from({ length: 512 }, () => plant.receive(lot, 1)))
    const reading = done(opened.store.verify())
    const closing = vi.spyOn(Checkpointer.prototype, 'close')
    onTestFinished(() => closing.mockRestore())
    // The thread takes longer than the reading.
    closing.mockImplementationOnce(async function (this: Checkpointer) {
      await reading
      await this.close()
    })
    await opened.close()
    expect(await reading).toMatchObject({ records: 513, mismatches: [] })
    expect(existsSync(`${filename}-wal`)).toBe(false)
  })
})
