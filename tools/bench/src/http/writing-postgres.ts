import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openStore } from '@lotbook/repository'
import { newDatabase, startPostgres } from '@lotbook/repository/testing'
import pg from 'pg'
import type { Finding } from '../finding.ts'
import { type Plant, seedPlant } from '../plant.ts'
import { root } from '../root.ts'
import { median, ratioOf } from '../rounds.ts'
import { inScratch } from '../scratch.ts'
import { recordColumns } from './bare-statements.ts'
import { type ChildServer, startServer } from './child-server.ts'
import { load, warmUp } from './load.ts'
import { consumptions } from './targets.ts'

const rounds = 5
const seconds = 3
const connections = 16

/** The two tables of the bare server, with a balance for every lot. */
const makeBareTables = async (address: string, { lots, location }: Plant): Promise<void> => {
  const client = new pg.Client({ connectionString: address })
  await client.connect()
  const types: Readonly<Record<string, string>> = { quantity: 'numeric', enabled: 'boolean' }
  const columns = recordColumns.map((column) => (column === 'id' ? '' : `, ${column} ${types[column] ?? 'text'}`))
  await client.query(`create table record (id text primary key${columns.join('')})`)
  await client.query('create index record_lot on record (inventoryLotId, id)')
  await client.query(
    'create table balance (lot text, location text, quantity numeric not null, primary key (lot, location))',
  )
  await client.query('insert into balance select unnest($1::text[]), $2, 1000000', [lots, location])
  await client.end()
}

/** B11: a durable POST at 16 connections on PostgreSQL, against Hono and the driver on the same server. */
export const writingOnPostgres = (): Promise<readonly Finding[]> =>
  inScratch(async (folder) => {
    const postgres = await startPostgres({ sync: true })
    const servers: ChildServer[] = []
    try {
      const address = await newDatabase(postgres.address, 'lotbook')
      const bareAddress = await newDatabase(postgres.address, 'bare')
      const { store, close } = await openStore({ filename: address })
      const plant = await seedPlant(store)
      await close()
      await makeBareTables(bareAddress, plant)
      const secret = randomBytes(24).toString('base64url')
      const ours = await startServer({
        args: [join(root, 'apps/cli/bin/lotbook.mjs'), 'serve', '--db', address],
        env: { LOTBOOK_ADMIN_KEY: secret },
        log: join(folder, 'lotbook.log'),
      })
      servers.push(ours)
      const bare = await startServer({
        args: [fileURLToPath(new URL('bare-postgres-server.js', import.meta.url)), bareAddress],
        log: join(folder, 'bare.log'),
      })
      servers.push(bare)
      const targets = [
        { url: ours.url, next: consumptions(plant, '/v1/lot-records', secret), rates: [] as number[] },
        { url: bare.url, next: consumptions(plant, '/records', secret), rates: [] as number[] },
      ] as const
      await warmUp(targets, connections)
      for (let round = 0; round < rounds; round++)
        for (const { url, next, rates } of round % 2 === 0 ? targets : targets.toReversed())
          rates.push((await load({ url, next, connections, seconds })).perSecond)
      const [{ rates: our }, { rates: their }] = targets
      return [
        {
          name: 'B11',
          what: 'durable POST consume at 16 on PostgreSQL / bare Hono and pg',
          ratio: ratioOf(our.map((rate, round) => rate / (their[round] ?? Number.NaN))),
          bar: { sense: 'at least', must: 1, goal: 1.5 },
          figures: `${median(our).toFixed(0)}/s / ${median(their).toFixed(0)}/s`,
        },
      ]
    } finally {
      await Promise.all(servers.map((server) => server.stop()))
      await postgres.remove()
    }
  })
