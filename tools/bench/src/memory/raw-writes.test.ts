import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeInventory, makeUlidSource, type Store } from '@lotbook/domain'
import { openStore } from '@lotbook/repository'
import Database from 'better-sqlite3'
import { Effect } from 'effect'
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import { consumption } from '../consumption.ts'
import { type Plant, seedPlant } from '../plant.ts'
import { makeRawWrites } from './raw-writes.ts'
import { writeExample } from './repository-writes.ts'

const folder = mkdtempSync(join(tmpdir(), 'lotbook-bench-'))
afterEach(() => {
  vi.restoreAllMocks()
})
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

/** The texts of the statements that are run meanwhile, in their order; a text as its words, however they are ordered. */
const statementsOf = async (work: () => unknown): Promise<readonly string[]> => {
  const ran: string[] = []
  const prototype = Object.getPrototypeOf(new Database(':memory:').prepare('select 1')) as Database.Statement
  for (const method of ['run', 'get', 'all'] as const) {
    const original = prototype[method]
    vi.spyOn(prototype, method).mockImplementation(function (this: Database.Statement, ...values: unknown[]) {
      const words =
        this.source
          .toLowerCase()
          .replaceAll('"', '')
          .match(/[\w.]+|\?/gu) ?? []
      ran.push(
        words
          .filter((word) => word !== 'inner')
          .toSorted()
          .join(' '),
      )
      return original.apply(this, values)
    })
  }
  await work()
  vi.restoreAllMocks()
  // How long a connection waits for others is no part of what is written. In memory, where B9 is measured, nobody waits.
  return ran.filter((words) => !words.includes('busy_timeout'))
}

const tables = ['lot_record', 'record_version', 'stock_entry', 'trace_operation', 'receipt', 'ledger_head'] as const

// What differs between two writes is what they are called, when they were and what follows from that.
const shapeOf = (row: object) =>
  Object.fromEntries(Object.entries(row).map(([column, value]) => [column, value === null ? null : typeof value]))

/** How many rows each table has, and of what kind the newest is. */
const rowsIn = (file: string) => {
  const database = new Database(file, { readonly: true })
  const rows = tables.map((table) => {
    const all = database.prepare<[], object>(`select * from ${table} order by 1`).all()
    return { table, count: all.length, newest: shapeOf(all.at(-1) ?? {}) }
  })
  const content = database
    .prepare<[], string>('select content from record_version order by sequence desc limit 1')
    .pluck()
    .get()
  database.close()
  return { rows, content: shapeOf((JSON.parse(content ?? '') as { readonly record: object }).record) }
}

const writeWithKey = async (store: Store, plant: Plant): Promise<void> => {
  const inventory = makeInventory({ store, now: Date.now, newUlid: makeUlidSource() })
  const now = Date.now()
  const receipt = {
    scope: 'a key',
    key: randomUUID(),
    fingerprint: 'f',
    now,
    expires: now + 1000,
    onReplay: () => undefined,
  }
  const request = consumption(plant, plant.lots[0] as string, now)
  await Effect.runPromise(inventory.saveInventoryLotRecord(request, { actor: 'bench', grants: ['INVENTORY'], receipt }))
}

describe('the raw writes that the repository is measured against', () => {
  it.each([
    { what: 'without an idempotency key', write: writeExample, statements: 11, receipts: 0 },
    { what: 'with an idempotency key', write: writeWithKey, statements: 13, receipts: 1 },
  ])('are the same statements in the same order, and leave the same rows, $what', async (given) => {
    const file = join(folder, `${given.statements}.db`)
    const { store, close } = await openStore({ filename: file })
    const plant = await seedPlant(store, 2)
    // The first write reads the master data too.
    await given.write(store, plant)
    const ours = await statementsOf(() => given.write(store, plant))
    await close()
    const { rows, content } = rowsIn(file)

    const database = new Database(file)
    const raw = makeRawWrites(database, plant)
    const theirs = await statementsOf(() => raw(1))
    database.close()
    expect(ours).toHaveLength(given.statements)
    expect(theirs).toEqual(ours)
    const more = { ledger_head: 0, receipt: given.receipts }
    const expected = rows.map((row) => ({ ...row, count: row.count + (more[row.table as keyof typeof more] ?? 1) }))
    expect(rowsIn(file)).toEqual({ rows: expected, content })
  })
})
