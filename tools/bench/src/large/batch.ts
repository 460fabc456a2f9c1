import { randomBytes } from 'node:crypto'
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeUlidSource, newInventoryLotRecord } from '@lotbook/domain'
import { openStore } from '@lotbook/repository'
import Database from 'better-sqlite3'
import type { Finding } from '../finding.ts'
import { makeBareFile } from '../http/bare-file.ts'
import { insertRecord, recordColumns, setBalance } from '../http/bare-statements.ts'
import { startServer } from '../http/child-server.ts'
import { makeRawWrites } from '../memory/raw-writes.ts'
import { draw, type Plant, seedPlant } from '../plant.ts'
import { root } from '../root.ts'
import { median, ratioOf } from '../rounds.ts'
import { inScratch } from '../scratch.ts'

const actions = 1000
const batches = 4
const rounds = 7

/** Posts batches one after the other, and says how many actions a second that were. */
const makeBatches = (url: string, secret: string, { lots, location }: Plant) => {
  const run = randomBytes(9).toString('base64url')
  let count = 0
  const post = async (): Promise<void> => {
    const requests = Array.from({ length: actions }, () => ({
      type: 'CONSUME',
      quantity: 0.001,
      lotIdOrName: draw(lots),
      sourceLocationIdOrPath: location,
      notes: 'into batch 7',
    }))
    count += 1
    const response = await fetch(`${url}/v1/inventory/execute-inventory-actions`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${secret}`,
        'idempotency-key': `${run}-${count}`,
      },
      body: JSON.stringify({ requests }),
    })
    const answer = await response.text()
    if (response.status !== 201) throw new Error(`${response.status} ${answer.slice(0, 500)}`)
  }
  return post
}

const openDurable = (file: string): Database.Database => {
  const database = new Database(file)
  database.pragma('journal_mode = wal')
  database.pragma('synchronous = full')
  database.pragma('foreign_keys = on')
  return database
}

/** The same rows as Lotbook writes for a batch, by the same statements in one durable transaction. The newest are the example. */
const makeSameRows = (file: string, plant: Plant) => {
  const database = openDurable(file)
  const write = makeRawWrites(database, plant)
  return { batch: async () => write(actions), close: () => database.close() }
}

/** The least that one would write in a loop: a record and a balance for each, all in one durable transaction. */
const makeLoop = (file: string, { lots, location }: Plant) => {
  const database = openDurable(file)
  const insert = database.prepare<unknown[]>(insertRecord)
  const upsert = database.prepare<unknown[]>(setBalance)
  const newUlid = makeUlidSource()
  const batch = database.transaction(() => {
    for (let i = 0; i < actions; i++) {
      const lot = draw(lots)
      const record: Record<string, unknown> = {
        ...newInventoryLotRecord(Date.now()),
        id: newUlid(Date.now()),
        lotRecordType: 'CONSUME',
        inventoryLotId: lot,
        sourceLocationId: location,
        quantity: 0.001,
        status: 'COMPLETED',
        notes: 'into batch 7',
      }
      insert.run(
        ...recordColumns.map((column) => {
          const value = record[column] ?? null
          return typeof value === 'boolean' ? Number(value) : value
        }),
      )
      upsert.run(lot, location, -0.001)
    }
  })
  return { batch: async () => batch(), close: () => database.close() }
}

type Measured = Pick<Finding, 'name' | 'ratio' | 'figures'>

const rateOf = async (batch: () => Promise<void>): Promise<number> => {
  const start = performance.now()
  for (let i = 0; i < batches; i++) await batch()
  return (batches * actions * 1000) / (performance.now() - start)
}

/** B3: 1000 actions in one request over HTTP, against a loop of the same inserts in this process. */
export const batching = (): Promise<readonly Finding[]> =>
  inScratch(async (folder) => {
    const file = (name: string): string => join(folder, `${name}.db`)
    const { store, close } = await openStore({ filename: file('lotbook') })
    const plant = await seedPlant(store)
    await close()
    makeBareFile(file('bare'), plant)
    const secret = randomBytes(24).toString('base64url')
    const program = {
      args: [join(root, 'apps/cli/bin/lotbook.mjs'), 'serve', '--db', file('lotbook')],
      env: { LOTBOOK_ADMIN_KEY: secret },
      log: join(folder, 'lotbook.log'),
    }
    const first = await startServer(program)
    try {
      await makeBatches(first.url, secret, plant)()
    } finally {
      await first.stop()
    }
    copyFileSync(file('lotbook'), file('raw'))
    const server = await startServer(program)
    const [same, least] = [makeSameRows(file('raw'), plant), makeLoop(file('bare'), plant)]
    try {
      const post = makeBatches(server.url, secret, plant)
      const sides = [post, same.batch, least.batch] as const
      for (const side of sides) await rateOf(side)
      const rates: number[][] = sides.map(() => [])
      for (let round = 0; round < rounds; round++)
        for (const [at, side] of sides.entries()) rates[at]?.push(await rateOf(side))
      const [ours = [], ...raw] = rates
      const [sameRows, leastRows] = raw.map((theirs) => ({
        name: 'B3',
        ratio: ratioOf(ours.map((rate, round) => rate / (theirs[round] ?? Number.NaN))),
        figures: `${median(ours).toFixed(0)}/s / ${median(theirs).toFixed(0)}/s`,
      })) as [Measured, Measured]
      const batch = `a batch of ${actions} actions in one request`
      return [
        {
          ...sameRows,
          what: `${batch} / a raw loop of the same inserts`,
          bar: { sense: 'at least', must: 0.4, goal: 0.55 },
        },
        { ...leastRows, what: `${batch} / a raw loop of a record and a balance for each` },
      ]
    } finally {
      same.close()
      least.close()
      await server.stop()
    }
  })
