import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeInventory, makeUlidSource, type RecallView, recallText } from '@lotbook/domain'
import { openStore } from '@lotbook/repository'
import Database from 'better-sqlite3'
import { Effect } from 'effect'
import { lookAtMachine } from '../machine.ts'
import { machineLine } from '../report.ts'
import { inScratch } from '../scratch.ts'
import { expected, lotName, makeRecallPlant } from './recall-plant.ts'

// `npm run bench:recall` imports 100,000 lots and 1,000,000 records, which takes minutes, and recalls the lot that all of
// them came from; `-- --db FILE` takes a ledger that an earlier run made (it is not changed), `-- --lots N` makes a smaller one.
const usual = 100_000
const lost = 1234

const tell = (line: string): void => {
  process.stdout.write(`${line}\n`)
}
const optionOf = (flag: string): string | undefined => {
  const at = process.argv.indexOf(flag)
  return at === -1 ? undefined : process.argv[at + 1]
}

interface Taken {
  readonly recall: RecallView
  readonly seconds: number
  readonly cpuSeconds: number
}

const cpu = (since?: NodeJS.CpuUsage): NodeJS.CpuUsage => process.cpuUsage(since)

/** Recalls the first lot of a ledger, as JSON to the last piece. */
const take = async (filename: string): Promise<Taken> => {
  const { store, close } = await openStore({ filename })
  const inventory = makeInventory({ store, now: Date.now, newUlid: makeUlidSource() })
  const caller = { actor: 'bench', grants: ['INVENTORY'] } as const
  const [started, used] = [performance.now(), cpu()]
  const query = { material: 'Materials/Material 00' }
  const recall = await Effect.runPromise(inventory.recallLot(lotName(0), query, caller))
  for (const piece of recallText.JSON(recall)) Buffer.from(piece)
  const { user, system } = cpu(used)
  const seconds = (performance.now() - started) / 1000
  await close()
  return { recall, seconds, cpuSeconds: (user + system) / 1_000_000 }
}

const report = (what: string, { recall, seconds, cpuSeconds }: Taken): void => {
  const [total] = recall.totals
  tell(
    `${what}: ${seconds.toFixed(2)} s (${cpuSeconds.toFixed(2)} s of CPU), ${recall.lots.length} lots, complete: ${recall.complete}, adds up: ${recall.balanced}`,
  )
  tell(
    `  ${total?.onHand} kg on hand, ${total?.shipped} shipped, ${total?.scrapped} scrapped, ${total?.returned} returned, ${total?.unexplained} unexplained`,
  )
}

const mustBe = (what: string, found: unknown, wanted: unknown): void => {
  if (JSON.stringify(found) !== JSON.stringify(wanted))
    throw new Error(`${what}: ${JSON.stringify(found)}, and must be ${JSON.stringify(wanted)}`)
}

/** Deletes the shipment of one lot behind the ledger's back: 2 kg that nothing explains any more. */
const loseShipment = (filename: string): void => {
  const database = new Database(filename)
  database.pragma('foreign_keys = off')
  database
    .prepare("delete from lot_record where type = 'SHIP' and lot = (select id from lot where name = ?)")
    .run(lotName(lost))
  database.close()
}

const measure = async (db: string, folder: string): Promise<void> => {
  const database = new Database(db, { readonly: true })
  const count = database.prepare<[], number>('select count(*) from lot_record').pluck().get()
  const lots = database.prepare<[], number>('select count(*) from lot').pluck().get() ?? 0
  database.close()
  tell(`${count} records, ${lots} lots`)
  const sound = await take(db)
  report('recall of a sound ledger', sound)
  const [total] = sound.recall.totals
  const { onHand, shipped, scrapped, returned, unexplained } = total ?? {}
  mustBe('the totals', { lots: total?.lots, onHand, shipped, scrapped, returned }, expected(lots))
  mustBe('what is unexplained', [unexplained, sound.recall.balanced, sound.recall.complete], [0, true, true])

  const copy = join(folder, 'lost.db')
  copyFileSync(db, copy)
  loseShipment(copy)
  const broken = await take(copy)
  report(`recall after a shipment of ${lotName(lost)} was deleted`, broken)
  const off = broken.recall.lots.filter((lot) => lot.unexplained !== 0)
  mustBe(
    'what is unexplained',
    [broken.recall.totals[0]?.unexplained, off.map((lot) => [lot.lotName, lot.unexplained])],
    [2, [[lotName(lost), 2]]],
  )
}

tell(machineLine(await lookAtMachine()))
await inScratch(async (folder) => {
  await measure(optionOf('--db') ?? (await makeRecallPlant(folder, Number(optionOf('--lots') ?? usual))), folder)
})
