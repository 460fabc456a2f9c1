import { describe, expect, it } from 'vitest'
import { type LotStatus, lotStatuses, type Policy, policies } from '../lot/lot-status.ts'
import { at } from '../testing/clock.ts'
import { type Fields, makePlant, memory, type Plant } from '../testing/fixtures.ts'
import { type LotRecordType, lotRecordTypes } from './lot-record-type.ts'

// Which status of the primary lot allows which action, as the ledger's rules state it, written down a second time.
const table: Readonly<Record<Exclude<LotRecordType, 'STATUS_CHANGE'>, string>> = {
  //          OPEN AVAILABLE QA_HOLD EXPIRED SHIPPED CLOSED
  CONSUME: '  no   yes       no      no      no      no',
  SHIP: '     no   yes       no      no      no      no',
  RECEIVE: '  yes  yes       yes     yes     yes     no',
  PRODUCE: '  yes  yes       yes     yes     no      no',
  MOVE: '     yes  yes       yes     yes     no      no',
  SCRAP: '    yes  yes       yes     yes     no      no',
  RETURN: '   yes  yes       yes     yes     no      no',
  SPLIT: '    yes  yes       yes     yes     no      no',
  UNCONSUME: 'yes  yes       yes     yes     no      no',
  EDIT: '     yes  yes       yes     yes     no      no',
  MERGE: '    yes  yes       yes     yes     no      no',
}

type Posting = keyof typeof table
const postings = lotRecordTypes.filter((type): type is Posting => type !== 'STATUS_CHANGE')

const isAllowed = (type: Posting, status: LotStatus, policy: Policy): boolean => {
  if (policy === 'permissive' && status === 'OPEN' && (type === 'CONSUME' || type === 'SHIP')) return true
  return table[type].trim().split(/ +/u)[lotStatuses.indexOf(status)] === 'yes'
}

/** Everything a record of each type needs to post; the lot has ten, of which two were consumed. */
const fieldsOf = async (
  plant: Plant,
  type: Posting,
  status: LotStatus,
  lot: string,
  dates: { readonly expirationDate?: string } = {},
): Promise<Fields> => {
  const { dock, cellar } = plant.location
  const common = { quantity: 2, notes: 'why', startDate: at(5) }
  switch (type) {
    case 'RECEIVE':
    case 'PRODUCE':
    case 'UNCONSUME':
      return { ...common, destinationLocationId: dock }
    case 'MOVE':
      return { ...common, sourceLocationId: dock, destinationLocationId: cellar }
    case 'SPLIT':
      return { ...common, sourceLocationId: dock, secondaryInventoryLotId: await plant.lot(`child of ${lot}`) }
    case 'MERGE':
      return {
        ...common,
        sourceLocationId: dock,
        secondaryInventoryLotId: await plant.lot(`into ${lot}`, { status, stock: 3, ...dates }),
      }
    default:
      return { ...common, sourceLocationId: dock }
  }
}

const lotWithStock = async (plant: Plant, status: LotStatus, policy: Policy, expirationDate?: string) => {
  const lot = await plant.lot('A', { stock: 10, ...(expirationDate !== undefined && { expirationDate }) })
  await plant.consume(lot, 2, 2)
  await plant.setPolicy('permissive')
  if (status !== 'AVAILABLE') await plant.changeStatus(lot, status)
  await plant.setPolicy(policy)
  return lot
}

const cells = policies.flatMap((policy) =>
  postings.flatMap((type) => lotStatuses.map((status) => [policy, type, status] as const)),
)

describe('a posting', () => {
  it.each(cells)('under the %s policy, %s of a lot that is %s is allowed as the table says', async (...cell) => {
    const [policy, type, status] = cell
    const plant = await makePlant(memory(policy))
    const lot = await lotWithStock(plant, status, policy)
    const fields = await fieldsOf(plant, type, status, lot)
    const before = await plant.get(lot)
    if (isAllowed(type, status, policy)) {
      const record = await plant.save(type, lot, fields)
      expect(record).toMatchObject({ posted: true, lotStatus: status, policy })
      expect((await plant.get(lot)).status).toBe(status === 'SHIPPED' ? 'QA_HOLD' : status)
    } else {
      const refusal = await plant.refused(plant.saving(type, lot, fields))
      expect(refusal).toMatchObject({ _tag: 'ActionRefused', action: type, lotName: 'A', lotStatus: status })
      expect(refusal).toMatchObject({ clearedBy: expect.stringMatching(/./u), blockers: [] })
      expect(await plant.get(lot)).toEqual(before)
    }
  })

  it.each(cells)(
    'under the %s policy, %s of an %s lot past its expiration date is that of an expired one',
    async (policy, type, status) => {
      const plant = await makePlant(memory(policy))
      // It expires on the fifth at eight: at that very moment it is expired.
      const lot = await lotWithStock(plant, status, policy, at(5))
      const ruling = status === 'SHIPPED' || status === 'CLOSED' ? status : 'EXPIRED'
      const fields = await fieldsOf(plant, type, status, lot, { expirationDate: at(5) })
      if (isAllowed(type, ruling, policy)) await plant.save(type, lot, fields)
      else
        expect(await plant.refused(plant.saving(type, lot, fields))).toMatchObject({
          _tag: 'ActionRefused',
          lotStatus: ruling,
        })
    },
  )

  it.each(postings)('%s dated before the expiration date is judged by the status alone', async (type) => {
    const plant = await makePlant()
    const lot = await lotWithStock(plant, 'AVAILABLE', 'standard', at(6))
    expect(await plant.get(lot)).toMatchObject({ status: 'AVAILABLE', effectiveStatus: 'EXPIRED' })
    await plant.save(type, lot, await fieldsOf(plant, type, 'AVAILABLE', lot))
  })

  it.each(postings)('%s is refused for a lot that is disabled, and allowed again once it is enabled', async (type) => {
    const plant = await makePlant()
    const lot = await lotWithStock(plant, 'AVAILABLE', 'standard')
    const fields = await fieldsOf(plant, type, 'AVAILABLE', lot)
    await plant.done(plant.inventory.saveLot({ id: lot, enabled: false }, plant.ada))
    const refusal = await plant.refused(plant.saving(type, lot, fields))
    expect(refusal).toMatchObject({ _tag: 'ActionRefused', reason: 'lot A is disabled' })
    await plant.done(plant.inventory.saveLot({ id: lot, enabled: true }, plant.ada))
    await plant.save(type, lot, fields)
  })

  it.each(postings)('%s as a memo passes no rule of status: it moves nothing', async (type) => {
    const plant = await makePlant()
    const lot = await plant.lot('A', { status: 'CLOSED' })
    if (type === 'MERGE') return
    const memo = await plant.save(type, lot)
    expect(memo).toMatchObject({ posted: false, lotStatus: 'CLOSED', quantity: null })
    expect(await plant.posted(memo)).toEqual({ stock: [], lots: [], takesBack: [] })
  })
})
