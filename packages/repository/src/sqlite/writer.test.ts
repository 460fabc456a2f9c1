import { InsufficientStock, makeUlidSource, StorageUnavailable, type Unit } from '@lotbook/domain'
import Database from 'better-sqlite3'
import { Cause, Effect, Exit, Fiber, Result } from 'effect'
import { describe, expect, it } from 'vitest'
import { ada, beside, done, dump, keptOnce, makePlant, newFile, openParts, refused } from '../../test/plant.ts'
import { execute } from '../program.ts'

const stage = async (patience?: number) => {
  const file = newFile()
  const parts = openParts(file, patience)
  const plant = await makePlant(parts.store)
  const lot = await plant.lot('A')
  await plant.receive(lot, 100)
  const consuming = (quantity: number) => plant.record('CONSUME', lot, { quantity, sourceLocationId: plant.dock })
  const stock = async () => (await done(plant.inventory.getLot(lot.id ?? '', ada))).onHand
  return { file, plant, lot, consuming, stock, ...parts }
}

const failing = () => {
  throw new Error('a bug of ours')
}

describe('changes that come together', () => {
  it('share a transaction', async () => {
    const { consuming, stock, writer } = await stage()
    const before = writer.commits
    await Promise.all(Array.from({ length: 50 }, () => done(consuming(1))))
    expect(writer.commits - before).toBe(1)
    expect(await stock()).toBe(50)
  })

  it('are refused one by one', async () => {
    const { consuming, stock, store } = await stage()
    const results = await Promise.all([60, 60, 30].map((quantity) => done(Effect.result(consuming(quantity)))))
    expect(results.map(Result.isSuccess)).toEqual([true, false, true])
    expect(Result.getOrThrow(Result.flip(results[1] as (typeof results)[1] & object))).toBeInstanceOf(InsufficientStock)
    expect(await stock()).toBe(10)
    expect(await done(store.verify())).toMatchObject({ mismatches: [] })
  })

  it('and are not kept leave nothing of what they wrote', async () => {
    const { file, consuming, stock, writer } = await stage()
    const policyOf = () => dump(file)['ledger_head']
    const before = policyOf()
    const refusing = writer.write(function* (head) {
      yield* execute({ sql: "update ledger_head set policy = 'strict'", parameters: [] })
      return { keep: false, head, answer: Effect.fail(new StorageUnavailable({ reason: 'not kept' })) }
    })
    expect(await refused(refusing)).toMatchObject({ reason: 'not kept' })
    expect(policyOf()).toEqual(before)
    const [first, second, third] = await Promise.all([
      Effect.runPromiseExit(consuming(1)),
      Effect.runPromiseExit(refusing),
      Effect.runPromiseExit(consuming(2)),
    ])
    expect([first, second, third].map(Exit.isSuccess)).toEqual([true, false, true])
    expect(await stock()).toBe(97)
    expect(policyOf()).toMatchObject([{ policy: 'standard' }])
  })

  it('are not disturbed by a bug in one of them', async () => {
    const { consuming, stock, store } = await stage()
    const broken = store.change({}, (known) =>
      Result.succeed({ known, versions: [], changes: [], deletedLots: [], answer: failing }),
    )
    const [first, second, third] = await Promise.all([
      Effect.runPromiseExit(consuming(1)),
      Effect.runPromiseExit(broken),
      Effect.runPromiseExit(consuming(2)),
    ])
    expect([first, third].every(Exit.isSuccess)).toBe(true)
    expect(Exit.isFailure(second) && Cause.hasDies(second.cause)).toBe(true)
    expect(await stock()).toBe(97)
  })

  it('are not disturbed by what has to be taken back of some of them', async () => {
    const { file, plant, lot, consuming, stock, store, writer } = await stage()
    const { inventory } = plant
    await done(inventory.saveUnit({ name: 'litre', symbol: 'l' }, ada))
    const [{ commits }, { unit: units }] = [writer, dump(file)]
    // Two units of one symbol, the second of which nobody looked for: the database refuses it.
    const taking = store.change({ units: [{ name: 'l' }] }, ({ units: known, ...others }) => {
      const [litre] = [...known.values()] as [Unit]
      const twin = { ...litre, id: makeUlidSource()(litre.createdDate), name: 'another' }
      const after = { ...others, units: new Map([...known, [twin.id, twin]]) }
      return Result.succeed({ known: after, versions: [], changes: [], deletedLots: [], answer: () => 1 })
    })
    const trying = inventory.dryRun.saveInventoryLotRecord(
      {
        lotRecordType: 'CONSUME',
        inventoryLotId: lot.id,
        sourceLocationId: plant.dock,
        quantity: 50,
        status: 'COMPLETED',
      },
      ada,
    )
    const [first, taken, tried, last] = await Promise.all([
      done(consuming(1)),
      refused(taking),
      done(trying),
      done(consuming(2)),
    ])
    expect(taken).toMatchObject({ _tag: 'DuplicateName', kind: 'unit', name: 'l' })
    expect(tried).toMatchObject({ records: [{ quantity: 50, sequence: null }] })
    // The lot was made available and received before.
    expect([first.sequence, last.sequence]).toEqual([3, 4])
    expect(writer.commits - commits).toBe(1)
    expect(await stock()).toBe(97)
    expect(dump(file)['unit']).toEqual(units)
    expect(await done(store.verify())).toMatchObject({ records: 4, mismatches: [] })
  })

  it('are told so only once they are written for good', async () => {
    const { file, consuming } = await stage()
    const reader = beside(file)
    const committed = reader.prepare<[], { count: number }>('select count from ledger_head')
    const before = committed.get()?.count ?? 0
    const seen = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const { sequence } = await done(consuming(1))
        return { sequence, committed: committed.get()?.count }
      }),
    )
    for (const { committed: count } of seen) expect(count).toBe(before + 20)
    expect(seen.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 20 }, (_, index) => before + 1 + index))
  })

  it('fail together when the commit fails, and leave nothing', async () => {
    const { file, consuming, connection, stock } = await stage()
    const before = dump(file)
    // A foreign key that is checked at the commit stands in for a disk that fails there.
    connection.exec('create table broken (a integer references unit(id) deferrable initially deferred)')
    connection.exec('create trigger breaks after insert on record_version begin insert into broken values (999); end')
    const exits = await Promise.all([consuming(1), consuming(2)].map((effect) => Effect.runPromiseExit(effect)))
    expect(exits).toMatchObject(
      exits.map(() => Exit.fail({ _tag: 'StorageUnavailable', reason: expect.stringContaining('FOREIGN KEY') })),
    )
    expect(JSON.stringify(exits)).not.toContain('mayBeWritten')
    connection.exec('drop trigger breaks')
    connection.exec('drop table broken')
    expect(dump(file)).toEqual(before)
    await done(consuming(5))
    expect(await stock()).toBe(95)
  })

  it('do not happen for a caller who went away before', async () => {
    const { consuming, stock } = await stage()
    const fiber = Effect.runFork(consuming(1))
    await done(Fiber.interrupt(fiber))
    expect(fiber.pollUnsafe()).toSatisfy((exit) => Exit.isFailure(exit) && Cause.hasInterrupts(exit.cause))
    expect(await stock()).toBe(100)
  })
})

describe('changes that come in turns of the event loop one after another', () => {
  const oneTurn = () => new Promise((resolve) => setImmediate(resolve))

  it('share a transaction after a group that was shared', async () => {
    const { consuming, stock, writer } = await stage()
    await Promise.all([1, 2].map((quantity) => done(consuming(quantity))))
    const before = writer.commits
    const waiting = [done(consuming(3))]
    for (const quantity of [4, 5]) {
      await oneTurn()
      waiting.push(done(consuming(quantity)))
    }
    await Promise.all(waiting)
    expect(writer.commits - before).toBe(1)
    expect(await stock()).toBe(85)
  })

  it('have one each after a change that was alone', async () => {
    const { consuming, stock, writer } = await stage()
    await done(consuming(1))
    const before = writer.commits
    const waiting = [done(consuming(2))]
    for (const quantity of [3, 4]) {
      await oneTurn()
      waiting.push(done(consuming(quantity)))
    }
    await Promise.all(waiting)
    expect(writer.commits - before).toBe(3)
    expect(await stock()).toBe(90)
  })

  it('are not waited for without end', async () => {
    const { consuming, stock, writer } = await stage()
    await Promise.all([1, 1].map((quantity) => done(consuming(quantity))))
    const before = writer.commits
    const waiting: Promise<unknown>[] = []
    while (writer.commits === before) {
      waiting.push(done(consuming(1)))
      expect(waiting.length).toBeLessThan(20)
      await oneTurn()
    }
    await Promise.all(waiting)
    expect(await stock()).toBe(98 - waiting.length)
  })
})

describe('a writer that pauses', () => {
  it('begins nothing until it resumes, and then does what waited in one transaction', async () => {
    const { consuming, stock, writer } = await stage()
    const before = writer.commits
    writer.pause()
    const waiting = [1, 2, 3].map((quantity) => done(consuming(quantity)))
    // Reading goes on, and turns of the event loop go by.
    for (let turn = 0; turn < 5; turn++) {
      expect(await stock()).toBe(100)
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect(writer.commits).toBe(before)
    writer.resume()
    await Promise.all(waiting)
    expect(writer.commits - before).toBe(1)
    expect(await stock()).toBe(94)
  })

  it('pauses though changes came before', async () => {
    const { consuming, stock, writer } = await stage()
    const waiting = done(consuming(1))
    writer.pause()
    await new Promise((resolve) => setImmediate(resolve))
    expect(await stock()).toBe(100)
    writer.resume()
    await waiting
    expect(await stock()).toBe(99)
  })

  it('does what waits when it is closed', async () => {
    const { file, consuming, writer, connection } = await stage()
    writer.pause()
    const waiting = done(consuming(1))
    writer.close()
    connection.close()
    await waiting
    expect(dump(file)['inventory']).toMatchObject([{ quantity: 99_000_000 }])
  })
})

describe('a database that another process is writing', () => {
  it('is waited for, while reads go on', async () => {
    const { file, connection, consuming, stock } = await stage(Number.POSITIVE_INFINITY)
    const other = beside(file)
    other.exec('begin immediate')
    const change = done(consuming(1))
    expect(await stock()).toBe(100)
    // The other one goes on once the writer was kept waiting.
    const { answer } = connection
    let kept = 0
    const blockedFor = new Set<unknown>()
    const asked = (call: Parameters<typeof answer>[0]) => {
      if (call.sql === 'begin immediate') blockedFor.add(connection.pragma('busy_timeout'))
      try {
        return answer(call)
      } catch (error) {
        kept += 1
        throw error
      }
    }
    Object.assign(connection, { answer: asked })
    await expect.poll(() => kept, { interval: 5 }).toBeGreaterThan(1)
    expect(await stock()).toBe(100)
    other.exec('commit')
    await change
    expect(await stock()).toBe(99)
    // Never inside SQLite, where nobody else would be answered. Other locks are held for moments only.
    expect([...blockedFor]).toEqual([0])
    expect(connection.pragma('busy_timeout')).toBe(100)
  })

  it('is not waited for without end', async () => {
    const { file, consuming, stock } = await stage(50)
    const other = beside(file)
    other.exec('begin immediate')
    expect(await refused(consuming(1))).toBeInstanceOf(StorageUnavailable)
    other.exec('rollback')
    await done(consuming(1))
    expect(await stock()).toBe(99)
  })
})

describe('a full disk', () => {
  it('refuses changes, lets reads go on, and is recovered from', async () => {
    const { connection, consuming, stock, store } = await stage()
    connection.exec(`pragma max_page_count = ${Number(connection.pragma('page_count'))}`)
    let written = 0
    let refusal: unknown
    while (refusal === undefined) {
      const result = await done(Effect.result(consuming(0.1)))
      if (Result.isFailure(result)) refusal = result.failure
      else written += 1
      expect(written).toBeLessThan(1000)
    }
    expect(refusal).toEqual(new StorageUnavailable({ reason: 'the disk is full (SQLITE_FULL)' }))
    const held = 100 - written / 10
    expect(await stock()).toBeCloseTo(held, 6)
    expect(await refused(consuming(0.1))).toBeInstanceOf(StorageUnavailable)
    connection.exec('pragma max_page_count = 1000000')
    await done(consuming(1))
    expect(await stock()).toBeCloseTo(held - 1, 6)
    expect(await done(store.verify())).toMatchObject({ mismatches: [] })
  })
})

describe('a commit that the disk fails', () => {
  it.each([
    ['rollback', 'SQLITE_IOERR_FSYNC', 0],
    // What a process sees that finds the -wal file after a crash, where all of the commit stands in it.
    ['commit', 'SQLITE_IOERR_FSYNC', 1],
    ['commit', 'SQLITE_IOERR_WRITE', 1],
  ])('may be written, and with its receipt it happens once (%s, %s)', async (ending, code, replayed) => {
    const { plant, lot, connection, consuming, stock, store } = await stage()
    const { receipt, kept } = keptOnce()
    const fields = { quantity: 1, sourceLocationId: plant.dock }
    const consume = plant.record('CONSUME', lot, fields, { ...ada, receipt })
    const { answer } = connection
    const failing = (call: Parameters<typeof answer>[0]) => {
      if (call.sql !== 'commit') return answer(call)
      answer({ sql: ending, parameters: [] })
      throw new Database.SqliteError('disk I/O error', code)
    }
    Object.assign(connection, { answer: failing })
    expect(await refused(consume)).toMatchObject({
      _tag: 'StorageUnavailable',
      reason: `the disk could not be read or written (${code})`,
      mayBeWritten: true,
    })
    Object.assign(connection, { answer })
    await done(consume)
    expect([await stock(), kept.replays]).toEqual([99, replayed])
    await done(consuming(1))
    expect(await stock()).toBe(98)
    expect(await done(store.verify())).toMatchObject({ mismatches: [] })
  })
})

describe('a closed store', () => {
  it('finishes what waits, and refuses the rest', async () => {
    const { file, consuming, writer, connection, store } = await stage()
    const waiting = done(consuming(1))
    writer.close()
    connection.close()
    await waiting
    expect(await refused(consuming(1))).toBeInstanceOf(StorageUnavailable)
    expect(await refused(store.checkpoint())).toBeInstanceOf(StorageUnavailable)
    expect(dump(file)['inventory']).toMatchObject([{ quantity: 99_000_000 }])
  })
})
