import { beforeEach, describe, expect, it } from 'vitest'
import { type Acting, acting } from '../testing/act.ts'
import { at } from '../testing/clock.ts'
import { type Fields, makePlant, type Plant } from '../testing/fixtures.ts'

let plant: Plant
let acts: Acting

beforeEach(async () => {
  plant = await makePlant()
  acts = acting(plant)
})

const use = (lotUseStrategy: string) =>
  plant.done(plant.inventory.saveLocation({ id: plant.location.dock, lotUseStrategy }, plant.ada))

/** A lot whose first entry is of that day; the order in which lots are made is the order of their ids. */
const lot = async (name: string, day: number, expirationDate?: string): Promise<string> => {
  const id = await plant.lot(name, expirationDate === undefined ? {} : { expirationDate })
  await plant.receive(id, 2, day)
  return id
}

const request = (quantity: number, more: Fields = {}): Fields => ({
  quantity,
  materialIdOrPath: 'Raw/Sugar',
  sourceLocationIdOrPath: 'Plant/Dock',
  ...more,
})

/** What would be taken in order, of more than there is. */
const order = async (more: Fields = {}) => {
  const refusal = await acts.refused('consume', request(1000, more))
  return refusal._tag === 'InsufficientStock' ? refusal.wouldTake.map(({ lotName }) => lotName) : refusal
}

describe('an action without a lot', () => {
  it.each([
    ['FIFO', ['Late id', 'Old', 'Tie 1', 'Tie 2', 'New']],
    ['LIFO', ['New', 'Tie 1', 'Tie 2', 'Old', 'Late id']],
  ])('takes by %s of the first entry anywhere; what ties goes by id', async (strategy, expected) => {
    await use(strategy)
    await lot('New', 9)
    await lot('Old', 3)
    await lot('Tie 1', 5)
    await lot('Tie 2', 5)
    const late = await plant.lot('Late id')
    // Its first entry is elsewhere, and older than all of them.
    await plant.receive(late, 2, 2, plant.location.cellar)
    await acts.act('move', {
      ...request(2, { lotIdOrName: late, destinationLocationIdOrPath: 'Plant/Dock', startDate: at(10) }),
      sourceLocationIdOrPath: 'Plant/Cellar',
    })
    expect(await order()).toEqual(expected)
  })

  it('takes by FEFO the earliest expiry, none last, then FIFO, then id', async () => {
    await use('FEFO')
    await lot('None', 1)
    await lot('Later', 2, at(29))
    await lot('Tie new', 5, at(28))
    await lot('Tie old', 4, at(28))
    await lot('Tie old too', 4, at(28))
    expect(await order()).toEqual(['Tie old', 'Tie old too', 'Tie new', 'Later', 'None'])
  })

  it('holds a split child to be as old as its original', async () => {
    const original = await lot('Original', 3)
    await lot('Between', 4)
    const child = {
      quantity: 1,
      sourceLotId: original,
      sourceLocationIdOrPath: 'Plant/Dock',
      destinationLotName: 'Child',
    }
    await acts.act('split', child)
    const grandchild = await plant.done(plant.inventory.getLotByIdOrNameAndMaterial('Child', 'Raw/Sugar', plant.ada))
    await acts.act('split', { ...child, quantity: 0.5, sourceLotId: grandchild.id, destinationLotName: 'Grandchild' })
    expect(await order()).toEqual(['Original', 'Child', 'Grandchild', 'Between'])
  })

  it('passes over lots that are disabled, held, expired, of another material or elsewhere', async () => {
    const disabled = await lot('Disabled', 2)
    await plant.done(plant.inventory.saveLot({ id: disabled, enabled: false }, plant.ada))
    await plant.changeStatus(await lot('Held', 2), 'QA_HOLD')
    await lot('Expired', 2, at(20))
    await plant.lot('Milk', { material: 'milk', stock: 5 })
    const elsewhere = await plant.lot('Elsewhere')
    await plant.receive(elsewhere, 2, 1, plant.location.cellar)
    await lot('Good', 6)
    expect(await order()).toEqual(['Good'])
    // At its own time it had not expired yet.
    expect(await order({ startDate: at(19) })).toEqual(['Expired', 'Good'])
    // What may be scrapped is another matter than what may be consumed.
    const refusal = await acts.refused('scrap', request(1000))
    expect(refusal).toMatchObject({
      wouldTake: [{ lotName: 'Held' }, { lotName: 'Expired' }, { lotName: 'Good' }].map((one) => ({
        ...one,
        quantity: 2,
      })),
    })
  })

  it('takes strictly in order: where the first does not cover it, says what it would take and does nothing', async () => {
    const first = await lot('First', 2)
    const second = await lot('Second', 3)
    await plant.receive(second, 8, 3)
    expect(await acts.refused('consume', request(5))).toMatchObject({
      _tag: 'InsufficientStock',
      locationPath: 'Plant/Dock',
      onHand: 5,
      asked: 5,
      wouldTake: [
        { lotId: first, lotName: 'First', quantity: 2 },
        { lotId: second, lotName: 'Second', quantity: 3 },
      ],
    })
    expect(await acts.act('consume', request(2))).toMatchObject({ inventoryLotName: 'First', quantity: 2 })
    expect(await acts.act('consume', request(5))).toMatchObject({ inventoryLotName: 'Second', quantity: 5 })
  })

  it('chooses what lies there at its time, and not what comes or has been promised', async () => {
    const { dock } = plant.location
    const [coming, promised, good] = [await plant.lot('Coming'), await lot('Promised', 2), await lot('Good', 3)]
    const ahead = { startDate: '2026-11-24T07:00:00Z' }
    await plant.save('RECEIVE', coming, { quantity: 5, destinationLocationId: dock, ...ahead })
    await plant.save('SHIP', promised, { quantity: 1, sourceLocationId: dock, ...ahead })
    expect(await acts.actMany('consume', request(2.5, { allowMultiple: true }))).toMatchObject([
      { inventoryLotId: promised, quantity: 1 },
      { inventoryLotId: good, quantity: 1.5 },
    ])
    expect(await acts.refused('consume', request(1))).toMatchObject({
      onHand: 0.5,
      message:
        'Plant/Dock holds 0.5 kg that may be taken at 2026-11-23T08:00:00.000Z, and 1 kg are asked for: in order there would be taken 0.5 kg of Good. Ask for less, or bring more there first',
    })
    const { quantity: _, ...all } = request(0)
    expect(await acts.actMany('scrapAll', all)).toMatchObject([{ inventoryLotId: good, quantity: 0.5 }])
    expect(await acts.refused('consume', request(1))).toMatchObject({
      lotId: '',
      message:
        'Plant/Dock holds 0 kg that may be taken at 2026-11-23T08:00:00.000Z, and 1 kg are asked for. Ask for less, or bring more there first',
    })
    expect(await acts.act('consume', request(4, ahead))).toMatchObject({ inventoryLotId: coming })
  })

  it('with allowMultiple writes one record per lot, together, and answers with all of them', async () => {
    const [first, second] = [await lot('First', 2), await lot('Second', 3)]
    const items = await acts.actMany('consume', request(3, { allowMultiple: true, ongoing: false }))
    expect(items).toMatchObject([
      { inventoryLotId: first, quantity: 2, posted: true },
      { inventoryLotId: second, quantity: 1, posted: true },
    ])
    expect(items.map(({ sequence }) => sequence)).toEqual([items[0]?.sequence ?? 0, (items[0]?.sequence ?? 0) + 1])
    expect(await acts.refused('consume', request(2, { allowMultiple: true }))).toMatchObject({
      _tag: 'InsufficientStock',
      onHand: 1,
      asked: 2,
    })
    expect(await acts.actMany('consume', request(1, { allowMultiple: true }))).toHaveLength(1)
  })

  it('says so where nothing may be used', async () => {
    expect(await acts.refused('ship', request(1))).toMatchObject({
      _tag: 'InsufficientStock',
      onHand: 0,
      wouldTake: [],
    })
  })

  it('asks for the material', async () => {
    expect(await acts.violations('consume', request(1, { materialIdOrPath: null }))).toEqual({
      materialIdOrPath: ['is required when no lot is named'],
    })
    expect(await acts.violations('consume', { quantity: 1 })).toEqual({
      materialIdOrPath: ['is required when no lot is named'],
      sourceLocationIdOrPath: ['is required'],
    })
  })

  it('in a list knows how old the lots are that came with it', async () => {
    await lot('Stored', 5)
    const receive = { type: 'RECEIVE', quantity: 2, materialIdOrPath: 'Raw/Sugar', createIfNotExists: true }
    const into = { ...receive, destinationLocationIdOrPath: 'Plant/Dock' }
    const consume = { type: 'CONSUME', ...request(2) }
    const done = await acts.batch(
      { ...into, lotIdOrName: 'Newer', startDate: at(6) },
      { ...into, lotIdOrName: 'Older', startDate: at(4) },
      consume,
      consume,
      consume,
    )
    expect(done.slice(2).map(({ inventoryLotName }) => inventoryLotName)).toEqual(['Older', 'Stored', 'Newer'])
  })

  it('in a list knows how old the lots are that came from elsewhere with it, by their first entry anywhere', async () => {
    const { cellar } = plant.location
    const [early, late] = [await plant.lot('Early'), await plant.lot('Late')]
    await lot('Stored', 5)
    await plant.receive(early, 2, 3, cellar)
    await plant.receive(late, 2, 9, cellar)
    const move = {
      type: 'MOVE',
      quantity: 2,
      sourceLocationIdOrPath: cellar,
      destinationLocationIdOrPath: 'Plant/Dock',
    }
    const consume = { type: 'CONSUME', ...request(2) }
    const done = await acts.batch(
      { ...move, lotIdOrName: late },
      { ...move, lotIdOrName: early },
      consume,
      consume,
      consume,
    )
    expect(done.slice(2).map(({ inventoryLotName }) => inventoryLotName)).toEqual(['Early', 'Stored', 'Late'])
  })

  it('in a list knows that a lot became older with it, and what was split from it as well', async () => {
    await lot('Stored', 5)
    const grown = await plant.lot('Grown')
    await plant.receive(grown, 2, 9)
    const consume = { type: 'CONSUME', ...request(2) }
    const dock = plant.location.dock
    const done = await acts.batch(
      { type: 'RECEIVE', quantity: 2, lotIdOrName: grown, startDate: at(2), destinationLocationIdOrPath: dock },
      { type: 'SPLIT', quantity: 2, sourceLotId: grown, sourceLocationIdOrPath: dock, destinationLotName: 'Part' },
      consume,
      consume,
      consume,
    )
    const names = done.slice(2).map(({ inventoryLotName }) => inventoryLotName)
    expect([names.slice(0, 2).toSorted(), names[2]]).toEqual([['Grown', 'Part'], 'Stored'])
  })
})
