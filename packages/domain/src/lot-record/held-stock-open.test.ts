import { beforeEach, describe, expect, it } from 'vitest'
import { at } from '../testing/clock.ts'
import { type Fields, makePlant, type Plant } from '../testing/fixtures.ts'
import type { RecordView } from '../views/record-view.ts'

let plant: Plant
let dock: string
let cellar: string

beforeEach(async () => {
  plant = await makePlant()
  ;({ dock, cellar } = plant.location)
})

const correcting = ({ id }: RecordView, fields: Fields) =>
  plant.inventory.saveInventoryLotRecord({ id, ...fields }, plant.ada)
const reversing = ({ id }: RecordView) => plant.inventory.reverseLotRecord({ id }, plant.ada)
const places = () => ({ sourceLocationId: dock, destinationLocationId: cellar })
/** The ways stock takes from one lot into another: the record is of the giver, or of the getter. */
const ways = ['SCRAP', 'RETURN', 'RECEIVE'] as const
const flowing = (type: (typeof ways)[number], from: string, into: string, fields: Fields = {}) => {
  const [own, other] = type === 'RECEIVE' ? [into, from] : [from, into]
  return plant.saving(type, own, { quantity: 4, secondaryInventoryLotId: other, ...places(), ...fields })
}

describe('stock of a lot that somebody holds', () => {
  it.each(ways)('goes by %s into no lot that is OPEN, and so becomes usable without a release', async (type) => {
    const open = await plant.lot('N', { status: 'OPEN' })
    for (const status of ['QA_HOLD', 'EXPIRED'] as const) {
      const held = await plant.lot(`A ${status}`, { status, stock: 10 })
      expect(await plant.refused(flowing(type, held, open))).toMatchObject({
        _tag: 'ActionRefused',
        lotName: `A ${status}`,
        lotStatus: status,
        reason: `it is ${status}, and lot N that it would go into is OPEN`,
        clearedBy: expect.stringMatching(/change its status to AVAILABLE.*, or put lot N on QA_HOLD$/i),
      })
    }
  })

  it.each(ways)('goes by %s into lots that are held as firmly', async (type) => {
    for (const from of ['QA_HOLD', 'EXPIRED'] as const)
      for (const into of ['QA_HOLD', 'EXPIRED'] as const) {
        const name = `${from} ${into}`
        const [held, bin] = [
          await plant.lot(`A ${name}`, { status: from, stock: 10 }),
          await plant.lot(`N ${name}`, { status: into }),
        ]
        await plant.done(flowing(type, held, bin))
        expect([await plant.stock(held), await plant.stock(bin)]).toEqual([{ Dock: 6 }, { Cellar: 4 }])
      }
  })

  it('goes into no lot that a receipt begins as OPEN', async () => {
    const held = await plant.lot('A', { status: 'QA_HOLD', stock: 10 })
    await plant.done(plant.inventory.saveMaterial({ id: plant.material.sugar, initialLotStatus: 'OPEN' }, plant.ada))
    const receive = plant.inventory.receive(
      {
        quantity: 10,
        lotIdOrName: 'N',
        materialIdOrPath: 'Raw/Sugar',
        createIfNotExists: true,
        destinationLocationIdOrPath: cellar,
        sourceLotIdOrName: held,
        sourceLocationIdOrPath: dock,
      },
      plant.ada,
    )
    expect(await plant.refused(receive)).toMatchObject({ _tag: 'ActionRefused', lotName: 'A', lotStatus: 'QA_HOLD' })
  })

  it('goes into none by a correction either, neither more of it nor by a place', async () => {
    const [lot, open] = [await plant.lot('A', { stock: 10 }), await plant.lot('N', { status: 'OPEN' })]
    const moved = await plant.done(flowing('SCRAP', lot, open))
    const named = await plant.save('SCRAP', lot, {
      quantity: 1,
      sourceLocationId: dock,
      secondaryInventoryLotId: open,
    })
    await plant.changeStatus(lot, 'QA_HOLD')
    for (const saving of [correcting(moved, { quantity: 5 }), correcting(named, { destinationLocationId: cellar })])
      expect(await plant.refused(saving)).toMatchObject({
        lotName: 'A',
        reason: 'it is QA_HOLD, and lot N that it would go into is OPEN',
      })
    await plant.done(correcting(moved, { quantity: 3 }))
  })
})

describe('stock that is past its date', () => {
  it.each(ways)('goes by %s into no lot that is OPEN and keeps longer', async (type) => {
    const old = await plant.lot('Old', { stock: 10, expirationDate: at(11) })
    const open = await plant.lot('N', { status: 'OPEN', expirationDate: '2030-01-01T00:00:00Z' })
    for (const dates of [{}, { startDate: at(5) }])
      expect(await plant.refused(flowing(type, old, open, dates))).toMatchObject({
        _tag: 'ActionRefused',
        lotName: 'Old',
        reason: 'it is EXPIRED, and lot N that it would go into is OPEN',
        clearedBy: 'Change its status to AVAILABLE with a new, future expirationDate first, or put lot N on QA_HOLD',
      })
    await plant.changeStatus(open, 'QA_HOLD')
    await plant.done(flowing(type, old, open))
  })

  it('goes into a new lot of its material, which keeps no longer than it', async () => {
    const old = await plant.lot('Old', { stock: 10, expirationDate: at(11) })
    const open = await plant.lot('N', { status: 'OPEN' })
    await plant.done(flowing('SCRAP', old, open))
    expect(await plant.get(open)).toMatchObject({ expirationDate: at(11), effectiveStatus: 'EXPIRED' })
  })
})

describe('stock of a lot that is OPEN or AVAILABLE', () => {
  it.each(ways)('goes by %s into one that is OPEN, and back', async (type) => {
    for (const status of ['OPEN', 'AVAILABLE'] as const) {
      const lot = await plant.lot(`A ${status}`, { status, stock: 10 })
      const open = await plant.lot(`N ${status}`, { status: 'OPEN' })
      const record = await plant.done(flowing(type, lot, open))
      await plant.done(correcting(record, { quantity: 3 }))
      await plant.reverse(record)
      expect([await plant.stock(lot), await plant.stock(open)]).toEqual([{ Dock: 10 }, {}])
    }
  })

  it('comes back to an OPEN lot out of a bin that was on hold then and is so still', async () => {
    const [lot, bin] = [
      await plant.lot('A', { status: 'OPEN', stock: 10 }),
      await plant.lot('bin', { status: 'QA_HOLD' }),
    ]
    await plant.reverse(await plant.done(flowing('SCRAP', lot, bin)))
    expect([await plant.stock(lot), (await plant.get(lot)).status]).toEqual([{ Dock: 10 }, 'OPEN'])
  })

  it('does not come back to an OPEN lot out of one that is held since', async () => {
    const [lot, other] = [await plant.lot('A', { status: 'OPEN', stock: 10 }), await plant.lot('B', { status: 'OPEN' })]
    const record = await plant.done(flowing('SCRAP', lot, other))
    const hold = await plant.changeStatus(other, 'QA_HOLD')
    expect(await plant.refused(reversing(record))).toMatchObject({
      _tag: 'ReversalBlocked',
      blockers: [
        {
          reason:
            'it would free stock that is held: lot B is QA_HOLD, and lot A would be OPEN; release B, or put A on QA_HOLD, first',
          recordId: hold.id,
        },
      ],
    })
    expect((await plant.cascade(record)).map(({ reversalOf }) => reversalOf)).toEqual([hold.id, record.id])
    expect([await plant.stock(lot), (await plant.get(other)).status]).toEqual([{ Dock: 10 }, 'OPEN'])
  })

  it('of a lot that was on hold then does not come back to it once its hold was taken back', async () => {
    const open = await plant.lot('A', { status: 'OPEN', stock: 10 })
    const hold = await plant.changeStatus(open, 'QA_HOLD')
    const bin = await plant.lot('bin', { status: 'QA_HOLD' })
    const record = await plant.done(flowing('SCRAP', open, bin))
    const back = await plant.reverse(hold)
    expect(await plant.refused(reversing(record))).toMatchObject({
      blockers: [{ reason: expect.stringContaining('lot A would be OPEN'), recordId: back.id }],
    })
    await plant.changeStatus(open, 'QA_HOLD')
    await plant.reverse(record)
  })
})

it('the permissive policy holds an OPEN lot no more than an AVAILABLE one', async () => {
  await plant.setPolicy('permissive')
  const [open, good] = [await plant.lot('O', { status: 'OPEN', stock: 10 }), await plant.lot('G', { stock: 10 })]
  for (const type of ways) {
    await plant.done(flowing(type, open, good, { quantity: 1 }))
    await plant.done(flowing(type, good, open, { quantity: 1 }))
  }
})
