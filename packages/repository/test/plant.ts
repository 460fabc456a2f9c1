import { hash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type Call,
  type Inventory,
  type LotRecordType,
  type LotView,
  makeInventory,
  makeUlidSource,
  type Receipt,
  type RecordView,
  type Store,
  showInstant,
} from '@lotbook/domain'
import Database from 'better-sqlite3'
import { Effect } from 'effect'
import { onTestFinished } from 'vitest'
import { type OpenOptions, type OpenStore, openStore } from '../src/open-store.ts'
import type { CheckpointLimits } from '../src/sqlite/checkpointer.ts'
import { sqliteDialect } from '../src/sqlite/dialect.ts'
import { makeEngine } from '../src/sqlite/engine.ts'
import { openConnection } from '../src/sqlite/open.ts'
import { makeStore } from '../src/store.ts'

/** Runs what must succeed. */
export const done = <A, E>(effect: Effect.Effect<A, E>): Promise<A> => Effect.runPromise(effect)

/** Runs what must be refused, and gives the refusal. */
export const refused = <E>(effect: Effect.Effect<unknown, E>): Promise<E> => Effect.runPromise(Effect.flip(effect))

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'lotbook-'))

/** A file for a store, in a folder of its own that goes away with the test. */
export const newFile = (): string => {
  const folder = newFolder()
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, 'plant.db')
}

/** Opens a store that is closed with the test. */
export const open = async (options: OpenOptions): Promise<OpenStore> => {
  const opened = await openStore(options)
  onTestFinished(opened.close)
  return opened
}

/** Opens the file beside the store, past all that the store does. */
export const beside = (filename: string): Database.Database => {
  const database = new Database(filename)
  onTestFinished(() => {
    database.close()
  })
  return database
}

/** Every row of every table. */
export const dump = (filename: string): Record<string, unknown[]> => {
  const database = new Database(filename, { readonly: true })
  const names = database
    .prepare<[], { name: string }>("select name from sqlite_master where type = 'table' and name not like 'sqlite%'")
    .all()
  const tables = Object.fromEntries(names.map(({ name }) => [name, database.prepare(`select * from ${name}`).all()]))
  database.close()
  return tables
}

/** Somebody who may do everything. */
export const ada: Call = { actor: 'ada', grants: ['INVENTORY', 'INVENTORY.ADMIN'] }

/** Eight o'clock on a day of November 2026. */
export const at = (day: number): string => showInstant(Date.UTC(2026, 10, day, 8))

/** A small plant in a store: short words for what the tests do all the time. */
export interface Plant {
  readonly inventory: Inventory
  readonly dock: string
  readonly line: string
  readonly sugar: string
  readonly lot: (name: string) => Promise<LotView>
  readonly record: (
    type: LotRecordType,
    lot: LotView,
    fields?: Readonly<Record<string, unknown>>,
    call?: Call,
  ) => Effect.Effect<RecordView, unknown>
  readonly receive: (lot: LotView, quantity: number, day?: number) => Promise<RecordView>
  readonly consume: (lot: LotView, quantity: number, day?: number) => Promise<RecordView>
}

/** Sets the plant up: sugar in kg, a dock and a line. Today is 23 November 2026. */
export const makePlant = async (store: Store): Promise<Plant> => {
  const inventory = makeInventory({ store, now: () => Date.UTC(2026, 10, 23, 8), newUlid: makeUlidSource() })
  await done(inventory.saveUnit({ symbol: 'kg', name: 'kilogram' }, ada))
  const sugar = await done(inventory.saveMaterial({ path: 'Raw/Sugar', unitOfMeasureSymbol: 'kg' }, ada))
  const dock = await done(inventory.saveLocation({ path: 'Plant/Dock' }, ada))
  const line = await done(inventory.saveLocation({ path: 'Plant/Line' }, ada))
  const record: Plant['record'] = (lotRecordType, { id }, fields = {}, call = ada) =>
    inventory.saveInventoryLotRecord({ lotRecordType, inventoryLotId: id, status: 'COMPLETED', ...fields }, call)
  return {
    inventory,
    sugar: sugar.id ?? '',
    dock: dock.id ?? '',
    line: line.id ?? '',
    lot: (name) => done(inventory.saveLot({ name, materialId: sugar.id, status: 'AVAILABLE' }, ada)),
    record,
    receive: (lot, quantity, day = 20) =>
      done(record('RECEIVE', lot, { quantity, destinationLocationId: dock.id, startDate: at(day) })),
    consume: (lot, quantity, day = 21) =>
      done(record('CONSUME', lot, { quantity, sourceLocationId: dock.id, startDate: at(day) })),
  }
}

/** The whole archive of a store. */
export const archiveOf = async ({ archive }: Pick<OpenStore, 'archive'>): Promise<string> => {
  let text = ''
  for await (const part of archive.write()) text += part
  return text
}

/** The lines of an archive, as a restore takes them. */
export async function* linesOf(text: string): AsyncGenerator<string> {
  for (const line of text.split('\n').slice(0, -1)) yield line
}

/** What an Idempotency-Key of ada's keeps, and how often it answered again. */
export const keptOnce = () => {
  const kept = { replays: 0 }
  const receipt: Receipt = {
    scope: 'ada saveInventoryLotRecord',
    key: 'k1',
    fingerprint: 'f1',
    now: 0,
    expires: 60_000,
    onReplay: () => {
      kept.replays += 1
    },
  }
  return { receipt, kept }
}

/** A store with its parts, for tests that look behind it. */
export const openParts = (filename: string, patience = 10_000, limits?: CheckpointLimits) => {
  const { connection } = openConnection(filename, 'standard')
  const engine = makeEngine(filename, connection, patience, limits)
  onTestFinished(async () => {
    engine.writer.close()
    await engine.checkpointer?.close()
    connection.close()
  })
  const { writer, checkpointer, openSession } = engine
  return {
    connection,
    writer,
    checkpointer,
    openSession,
    store: makeStore(sqliteDialect, engine, (text) => hash('sha256', text)),
  }
}
