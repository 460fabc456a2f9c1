import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { makeUlidSource, newInventoryLotRecord } from '@lotbook/domain'
import { openStore } from '@lotbook/repository'
import Database from 'better-sqlite3'
import type { Finding } from '../finding.ts'
import { makeBareFile } from '../http/bare-file.ts'
import { insertRecord, recordColumns, setBalance } from '../http/bare-statements.ts'
import { startServer } from '../http/child-server.ts'
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

/** The same inserts as one would write them in a loop: a record and a balance for each, all in one durable transaction. */
const makeLoop = (file: string, { lots, location }: Plant) => {
  const database = new Database(file)
  database.pragma('journal_mode = wal')
  database.pragma('synchronous = full')
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

const rateOf = async (batch: () => Promise<void>): Promise<number> => {
  const start = performance.now()
  for (let i = 0; i < batches; i++) await batch()
  return (batches * actions * 1000) / (performance.now() - start)
}

/** B3: 1000 actions in one request over HTTP, against a loop of the same inserts in this process. */
export const batching = (): Promise<readonly Finding[]> =>
  inScratch(async (folder) => {
    const file = join(folder, 'lotbook.db')
    const { store, close } = await openStore({ filename: file })
    const plant = await seedPlant(store)
    await close()
    makeBareFile(join(folder, 'bare.db'), plant)
    const secret = randomBytes(24).toString('base64url')
    const server = await startServer({
      args: [join(root, 'apps/cli/bin/lotbook.mjs'), 'serve', '--db', file],
      env: { LOTBOOK_ADMIN_KEY: secret },
      log: join(folder, 'lotbook.log'),
    })
    const loop = makeLoop(join(folder, 'bare.db'), plant)
    try {
      const post = makeBatches(server.url, secret, plant)
      await rateOf(post)
      await rateOf(loop.batch)
      const ours: number[] = []
      const theirs: number[] = []
      for (let round = 0; round < rounds; round++) {
        ours.push(await rateOf(post))
        theirs.push(await rateOf(loop.batch))
      }
      return [
        {
          name: 'B3',
          what: `a batch of ${actions} actions in one request / a raw loop of the same inserts`,
          ratio: ratioOf(ours.map((rate, round) => rate / (theirs[round] ?? Number.NaN))),
          bar: { sense: 'at least', must: 0.4, goal: 0.55 },
          figures: `${median(ours).toFixed(0)}/s / ${median(theirs).toFixed(0)}/s`,
        },
      ]
    } finally {
      loop.close()
      await server.stop()
    }
  })
