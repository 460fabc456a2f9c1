import {
  type Call,
  type Inventory,
  lotRecordTypes,
  makeInventory,
  makeUlidSource,
  type Policy,
  policies,
  type RecordView,
  type Store,
} from '@lotbook/domain'
import { openStore } from '@lotbook/repository'
import { Effect } from 'effect'
import { beforeAll, describe, expect, it } from 'vitest'
import { exampleConsumeLotId, exampleStatusLotId } from './lots.ts'
import { samplePlantActor, seedSamplePlant } from './sample-plant.ts'

const today = Date.parse('2026-11-23T00:00:00Z')
const tenYears = 3652 * 86_400_000
const call: Call = { actor: 'tester', grants: ['INVENTORY'] }
const run = Effect.runPromise

const seeded = async (at = today, policy: Policy = 'standard'): Promise<Store> => {
  const { store } = await openStore({ filename: ':memory:', policy })
  await run(seedSamplePlant(store, at))
  return store
}

const inventoryOf = (store: Store, now: number): Inventory =>
  makeInventory({ store, now: () => now, newUlid: makeUlidSource() })

const recordsOf = async (store: Store): Promise<readonly RecordView[]> => {
  const first = await run(store.findRecords({ limit: 200, after: null }))
  const second = await run(store.findRecords({ limit: 200, after: first.next }))
  return [...first.items, ...second.items]
}

describe('the sample plant', () => {
  let store: Store
  let records: readonly RecordView[]
  beforeAll(async () => {
    store = await seeded()
    records = await recordsOf(store)
  })

  it('has 3 units, 12 materials, 15 locations, 10 reason codes, 40 lots and 300 records', async () => {
    const page = { limit: 200, after: null }
    const { lots, records: count } = await run(store.verify())
    expect({
      units: (await run(store.findUnits(page))).items.length,
      materials: (await run(store.findMaterials(page))).items.length,
      locations: (await run(store.findLocations(page))).items.length,
      reasonCodes: (await run(store.findReasonCodes(page))).items.length,
      lots,
      records: count,
    }).toEqual({ units: 3, materials: 12, locations: 15, reasonCodes: 10, lots: 40, records: 300 })
  })

  it('verifies', async () => {
    expect((await run(store.verify())).mismatches).toEqual([])
  })

  it('covers the six weeks before today and not a moment after them', () => {
    const moments = records.flatMap(({ startDate, endDate, createdDate }) => [
      startDate,
      endDate ?? startDate,
      createdDate,
    ])
    expect(moments.toSorted().at(0)).toBe('2026-10-12T04:10:00.000Z')
    expect(moments.toSorted().at(-1)).toBe('2026-11-22T18:00:00.000Z')
  })

  it('has records of all twelve types', () => {
    expect(new Set(records.map(({ lotRecordType }) => lotRecordType))).toEqual(new Set(lotRecordTypes))
  })

  it('has lots in all six statuses, one past its date that nobody marked among them', async () => {
    const { items } = await run(store.findLots({ limit: 200, after: null, now: today }))
    expect(new Set(items.map(({ status }) => status))).toEqual(
      new Set(['OPEN', 'AVAILABLE', 'QA_HOLD', 'EXPIRED', 'SHIPPED', 'CLOSED']),
    )
    expect(items.some(({ status, effectiveStatus }) => status === 'AVAILABLE' && effectiveStatus === 'EXPIRED')).toBe(
      true,
    )
  })

  it('has a hold and its release, a correction, a reversal, a take-back and one record that is running', () => {
    const changes = records.filter(({ lotRecordType }) => lotRecordType === 'STATUS_CHANGE')
    const releases = changes.filter(
      ({ previousStatus, lotStatus }) => previousStatus === 'QA_HOLD' && lotStatus === 'AVAILABLE',
    )
    expect(releases).toHaveLength(3)
    expect(
      records.filter(({ version }) => version === 2).map(({ lotRecordType, quantity }) => [lotRecordType, quantity]),
    ).toEqual([['RECEIVE', 8300]])
    expect(records.filter(({ reversalOf }) => reversalOf !== null).map(({ lotRecordType }) => lotRecordType)).toEqual([
      'SHIP',
    ])
    expect(
      records.filter(({ status }) => status === 'RUNNING').map(({ endDate, posted }) => [endDate, posted]),
    ).toEqual([[null, false]])
  })

  it('names its author', () => {
    expect(new Set(records.map(({ createdBy }) => createdBy))).toEqual(new Set([samplePlantActor]))
  })

  it('is the same for the same day, hash for hash, and another one for another day', async () => {
    const { head } = await run(store.checkpoint())
    expect((await run((await seeded(today + 3_600_000)).checkpoint())).head).toBe(head)
    expect((await run((await seeded(today + 86_400_000)).checkpoint())).head).not.toBe(head)
  })

  it.each(policies)('can be written under the %s policy', async (policy) => {
    const other = await seeded(today, policy)
    expect(await run(other.verify())).toMatchObject({ records: 300, mismatches: [] })
  })
})

describe('the lots of the documented examples', () => {
  const times = [
    ['today', today],
    ['ten years later', today + tenYears],
  ] as const

  it.each(times)('are there %s, without an expiration date', async (_, now) => {
    const inventory = inventoryOf(await seeded(), now)
    const [consumed, changed] = await Promise.all([
      run(inventory.getLot(exampleConsumeLotId, call)),
      run(inventory.getLot(exampleStatusLotId, call)),
    ])
    expect(consumed).toMatchObject({ effectiveStatus: 'AVAILABLE', expirationDate: null, onHand: 406.2 })
    expect(changed).toMatchObject({ effectiveStatus: 'QA_HOLD', expirationDate: null, onHand: 1000 })
  })

  it.each(times)('let the example of saveInventoryLotRecord run %s', async (_, now) => {
    const inventory = inventoryOf(await seeded(), now)
    const request = {
      ...inventory.newInventoryLotRecord(),
      lotRecordType: 'CONSUME',
      inventoryLotId: exampleConsumeLotId,
      status: 'COMPLETED',
    }
    const saved = await run(inventory.saveInventoryLotRecord(request, call))
    const updated = await run(inventory.saveInventoryLotRecord({ ...request, id: saved.id, lotStatus: 'OPEN' }, call))
    expect(saved).toMatchObject({ version: 1, posted: false, lotStatus: 'AVAILABLE' })
    expect(updated).toMatchObject({ id: saved.id, version: 2, posted: false, lotStatus: 'OPEN' })
    expect(await run(inventory.getInventoryLotRecordVersions(saved.id ?? '', call))).toHaveLength(2)
  })

  it.each(times)('let the example of changeStatus run %s', async (_, now) => {
    const inventory = inventoryOf(await seeded(), now)
    const request = { ...inventory.newChangeStatusRequest(), newStatus: 'AVAILABLE', lotId: exampleStatusLotId }
    const record = await run(inventory.changeStatus(request, call))
    expect(record).toMatchObject({ lotRecordType: 'STATUS_CHANGE', previousStatus: 'QA_HOLD', lotStatus: 'AVAILABLE' })
    expect(await run(inventory.getLot(exampleStatusLotId, call))).toMatchObject({ status: 'AVAILABLE' })
  })
})
