import { jsonOf, makeInventory, makeUlidSource, type RecordQuery, type Store } from '@lotbook/domain'
import { describe, expect, it } from 'vitest'
import { ada, done, makePlant, open } from '../../test/plant.ts'
import { newPostgres, queryPostgres } from '../../test/postgres-under-test.ts'
import { endSessions } from '../testing/postgres-server.ts'

const all: RecordQuery = { limit: 200, after: null }
const textOf = async (store: Store): Promise<string> => new TextDecoder().decode(await done(store.findRecordsJson(all)))
const inventoryOf = (store: Store) =>
  makeInventory({ store, now: () => Date.UTC(2026, 10, 23, 8), newUlid: makeUlidSource() })
const memo = (inventoryLotId: string | null, notes: string) => ({
  ...{ lotRecordType: 'CONSUME', status: 'COMPLETED', inventoryLotId, notes },
})

describe('a page of records', () => {
  it('is that of the standby that took over without the last commits, whose sequences it gave to others', async () => {
    const address = await newPostgres()
    const name = new URL(address).pathname.slice(1)
    const admin = (sql: string) => queryPostgres(address.replace(name, 'postgres'), sql)
    const before = await open({ filename: address })
    const plant = await makePlant(before.store)
    const lot = await plant.lot('A')
    await plant.receive(lot, 10)
    const kept = await plant.consume(lot, 3)
    await before.close()
    await admin(`create database ${name}_standby template ${name}`)

    const { store } = await open({ filename: address })
    const lost = inventoryOf(store)
    await done(lost.reverseLotRecord({ id: kept.id }, ada))
    await done(lost.saveInventoryLotRecord(memo(lot.id, 'lost'), ada))
    const shown = await textOf(store)
    const sequences = (await done(store.findRecords(all))).items.map(({ sequence }) => sequence)
    expect(shown).toContain('"notes":"lost"')

    await endSessions(address)
    await admin(`alter database ${name} rename to ${name}_lost`)
    await admin(`alter database ${name}_standby rename to ${name}`)
    const after = inventoryOf((await open({ filename: address })).store)
    await done(after.reverseLotRecord({ id: kept.id }, ada))
    await done(after.saveInventoryLotRecord(memo(lot.id, 'kept'), ada))

    const now = await done(store.findRecords(all))
    expect(now.items.map(({ sequence }) => sequence)).toEqual(sequences)
    expect(now.items.map(({ notes }) => notes)).toContain('kept')
    expect(await textOf(store)).toBe(jsonOf(now))
    expect(await textOf(store)).not.toBe(shown)
  })
})
