import { describe, expect, it } from 'vitest'
import { at } from '../testing/clock.ts'
import { type Fields, makePlant, type Plant } from '../testing/fixtures.ts'
import { tellEvents } from '../testing/tell-events.ts'
import { importEvents, receiptOfOthers } from '../testing/told-by-others.ts'
import { conditionOfDisposition } from './condition.ts'
import { dispositions } from './vocabulary.ts'

const list = '/epcisBody/eventList'
const place = (name: string) => ({ id: `urn:lotbook:location/Plant/${name}` })
const kg = (name: string, quantity = 1) => ({ epcClass: `urn:lotbook:lot/Raw/Sugar/${name}`, quantity, uom: 'KGM' })
const told = (day: number, fields: Fields): Fields => ({
  ...{ type: 'ObjectEvent', eventTime: at(day), eventTimeZoneOffset: '+00:00', action: 'OBSERVE' },
  ...{ quantityList: [kg('X')], readPoint: place('Dock') },
  ...fields,
})
const lasting = (...set: readonly string[]): Fields => ({ persistentDisposition: { set } })
const lots = async ({ inventory, ada, done }: Plant) =>
  Object.fromEntries((await done(inventory.listLots({}, ada))).items.map((lot) => [lot.name, lot.status]))
const own = (n: number, lotRecordType: string, lotStatus?: string): Fields => ({
  ...{
    'lotbook:recordId': `01KB0000000000000000000${String(n).padStart(3, '0')}`,
    'lotbook:lotRecordType': lotRecordType,
  },
  ...(lotStatus !== undefined && { 'lotbook:lotStatus': lotStatus }),
})

const usable = [
  ...['active', 'available', 'completeness_inferred', 'completeness_verified', 'conformant', 'container_closed'],
  ...['encoded', 'in_progress', 'in_transit', 'sellable_accessible', 'sellable_not_accessible'],
]
const gone = ['destroyed', 'dispensed', 'disposed', 'inactive', 'retail_sold', 'stolen']
const held = [
  ...['container_open', 'damaged', 'mismatch_class', 'mismatch_instance', 'mismatch_quantity', 'needs_replacement'],
  ...['no_pedigree_match', 'non_conformant', 'non_sellable_other', 'partially_dispensed', 'recalled', 'reserved'],
  ...['returned', 'unavailable', 'unknown'],
]

describe('what an event says of goods that arrive', () => {
  it('is said for every disposition', () => {
    expect([...usable, ...gone, ...held, 'expired'].sort()).toEqual([...dispositions].sort())
    expect(Object.keys(conditionOfDisposition).sort()).toEqual([...dispositions].sort())
  })

  it.each([
    ...usable.map((word) => [word, 'AVAILABLE']),
    ...held.map((word) => [word, 'QA_HOLD']),
    ['expired', 'EXPIRED'],
  ])('%s: their lot begins %s', async (word = '', status) => {
    const plant = await makePlant()
    await plant.done(importEvents(plant, [{ ...receiptOfOthers, disposition: word }]))
    expect(await lots(plant)).toEqual({ X: status })
    const set = await makePlant()
    await set.done(importEvents(set, [{ ...receiptOfOthers, disposition: 'in_progress', ...lasting(word) }]))
    expect(await lots(set)).toEqual({ X: status })
  })

  it.each([...gone, 'https://example.com/disposition/odd'])('%s is refused by pointer', async (word) => {
    const plant = await makePlant()
    expect(await plant.refused(importEvents(plant, [{ ...receiptOfOthers, disposition: word }]))).toEqual(
      expect.objectContaining({ violations: { [`${list}/0/disposition`]: [expect.any(String)] } }),
    )
    expect(await plant.refused(importEvents(plant, [{ ...receiptOfOthers, ...lasting('active', word) }]))).toEqual(
      expect.objectContaining({ violations: { [`${list}/0/persistentDisposition/set/1`]: [expect.any(String)] } }),
    )
    expect(await lots(plant)).toEqual({})
  })

  it('holds for what is made, too, and of a transformation for what comes out', async () => {
    const plant = await makePlant()
    const made = (bizStep: string, name: string, fields: Fields) =>
      told(2, { action: 'ADD', bizStep, quantityList: [kg(name)], ...fields })
    const transformed = (inputs: string, outputs: readonly string[], fields: Fields): Fields => ({
      ...{ type: 'TransformationEvent', eventTime: at(3), eventTimeZoneOffset: '+00:00', readPoint: place('Dock') },
      ...{
        inputQuantityList: [kg(inputs)],
        ...(outputs.length > 0 && { outputQuantityList: outputs.map((one) => kg(one)) }),
      },
      ...fields,
    })
    const run = { transformationID: 'https://example.com/runs/1' }
    await plant.done(
      importEvents(plant, [
        { ...receiptOfOthers, disposition: 'in_progress' },
        made('commissioning', 'A', { disposition: 'recalled' }),
        made('creating_class_instance', 'B', { disposition: 'active', ...lasting('recalled', 'expired') }),
        made('receiving', 'C', { disposition: 'expired' }),
        transformed('X', ['D', 'E'], { disposition: 'non_conformant' }),
        transformed('X', ['F'], {}),
      ]),
    )
    expect(await lots(plant)).toEqual({
      ...{ X: 'AVAILABLE', A: 'QA_HOLD', B: 'EXPIRED', C: 'EXPIRED', D: 'QA_HOLD', E: 'QA_HOLD', F: 'AVAILABLE' },
    })
    const wrong = [
      transformed('X', ['G'], { disposition: 'destroyed' }),
      transformed('X', [], { ...run, disposition: 'damaged' }),
      transformed('X', ['F'], { disposition: 'damaged' }),
    ]
    for (const [index, event] of wrong.entries())
      expect(await plant.refused(importEvents(plant, [event])), String(index)).toMatchObject({
        violations: { [`${list}/0/disposition`]: [expect.any(String)] },
      })
  })

  it('cannot make usable what this plant would first look at', async () => {
    const plant = await makePlant()
    const { inventory, ada, done } = plant
    await done(
      inventory.saveMaterial({ path: 'Raw/Meat', unitOfMeasureSymbol: 'kg', initialLotStatus: 'QA_HOLD' }, ada),
    )
    const meat = (name: string) => [{ epcClass: `urn:lotbook:lot/Raw/Meat/${name}`, quantity: 1, uom: 'KGM' }]
    await done(
      importEvents(plant, [
        { ...receiptOfOthers, quantityList: meat('A'), disposition: 'sellable_accessible' },
        { ...receiptOfOthers, quantityList: meat('B'), ...own(1, 'RECEIVE', 'AVAILABLE') },
      ]),
    )
    expect(await lots(plant)).toEqual({ A: 'QA_HOLD', B: 'QA_HOLD' })
  })
})

describe('goods that are not to be used', () => {
  const recalled = { ...receiptOfOthers, disposition: 'recalled' }

  it('do not come into a lot that is: it is to be held first', async () => {
    const plant = await makePlant()
    const lot = await plant.lot('X', { stock: 5 })
    const refusal = await plant.refused(importEvents(plant, [recalled]))
    expect(refusal).toMatchObject({
      violations: { [`${list}/0/disposition`]: [expect.stringContaining('make the lot QA_HOLD first')] },
    })
    expect(await plant.refused(importEvents(plant, [{ ...receiptOfOthers, ...lasting('damaged') }]))).toMatchObject({
      violations: { [`${list}/0/persistentDisposition/set/0`]: [expect.stringContaining('lot X is AVAILABLE')] },
    })
    await plant.save('STATUS_CHANGE', lot, { lotStatus: 'QA_HOLD', startDate: at(2) })
    await plant.done(importEvents(plant, [recalled]))
    expect(await lots(plant)).toEqual({ X: 'QA_HOLD' })
  })

  it('nor into one that the document made usable before, unless it holds it in between', async () => {
    const plant = await makePlant()
    const first = { ...receiptOfOthers, disposition: 'in_progress' }
    expect(await plant.refused(importEvents(plant, [first, recalled]))).toMatchObject({
      violations: { [`${list}/1/disposition`]: [expect.any(String)] },
    })
    const holding = told(2, { bizStep: 'holding', disposition: 'recalled' })
    await plant.done(importEvents(plant, [first, holding, recalled]))
    expect(await lots(plant)).toEqual({ X: 'QA_HOLD' })
  })

  it.each([
    ['moved', { bizStep: 'storing', bizLocation: place('Line'), disposition: 'damaged' }, 'disposition'],
    [
      'moved',
      { bizStep: 'storing', bizLocation: place('Line'), ...lasting('recalled') },
      'persistentDisposition/set/0',
    ],
    ['shipped', { bizStep: 'shipping', disposition: 'expired' }, 'disposition'],
    [
      'sent back',
      { bizStep: 'shipping', disposition: 'returned', ...lasting('recalled') },
      'persistentDisposition/set/0',
    ],
    ['scrapped', { action: 'DELETE', bizStep: 'destroying', ...lasting('recalled') }, 'persistentDisposition/set/0'],
    ['counted', { action: 'ADD', bizStep: 'cycle_counting', disposition: 'unknown' }, 'disposition'],
    [
      'released',
      { bizStep: 'inspecting', disposition: 'available', ...lasting('recalled') },
      'persistentDisposition/set/0',
    ],
    [
      'moved in words of nobody',
      { bizStep: 'storing', bizLocation: place('Line'), disposition: 'urn:a:b' },
      'disposition',
    ],
  ] as const)('are not %s out of a lot that may be used', async (_what, fields, pointer) => {
    const plant = await makePlant()
    await plant.lot('X', { stock: 5 })
    expect(await plant.refused(importEvents(plant, [told(3, fields)]))).toMatchObject({
      violations: { [`${list}/0/${pointer}`]: [expect.any(String)] },
    })
  })

  it('are moved, sent back, scrapped and counted where their lot is held', async () => {
    const plant = await makePlant()
    const lot = await plant.lot('X', { stock: 5 })
    const all = [
      told(3, { bizStep: 'storing', bizLocation: place('Line'), disposition: 'damaged' }),
      told(4, { bizStep: 'shipping', disposition: 'returned', ...lasting('recalled') }),
      told(5, { action: 'DELETE', bizStep: 'destroying', disposition: 'destroyed', ...lasting('recalled') }),
      told(6, { action: 'ADD', bizStep: 'cycle_counting', disposition: 'unknown' }),
      told(7, { action: 'DELETE', bizStep: 'cycle_counting', disposition: 'inactive' }),
    ]
    await plant.save('STATUS_CHANGE', lot, { lotStatus: 'QA_HOLD', startDate: at(2) })
    expect(await plant.done(importEvents(plant, all))).toMatchObject({ saved: 5 })
    expect(await plant.done(importEvents(plant, all))).toMatchObject({ saved: 0, alreadyThere: 5 })
    expect(await lots(plant)).toEqual({ X: 'QA_HOLD' })
  })

  it('leave a usable lot without a word about it: scrapped because damaged, returned, sold', async () => {
    const plant = await makePlant()
    await plant.lot('X', { stock: 5 })
    const all = [
      told(3, { action: 'DELETE', bizStep: 'destroying', disposition: 'damaged' }),
      told(4, { bizStep: 'shipping', disposition: 'returned' }),
      told(5, { bizStep: 'shipping', disposition: 'retail_sold' }),
    ]
    expect(await plant.done(importEvents(plant, all))).toMatchObject({ saved: 3 })
  })

  it('called expired lie in a lot that is past its date', async () => {
    const plant = await makePlant()
    await plant.lot('X', { stock: 5, expirationDate: '2026-11-02T00:00:00Z' })
    const moved = told(3, { bizStep: 'storing', bizLocation: place('Line'), disposition: 'expired' })
    expect(await plant.done(importEvents(plant, [moved]))).toMatchObject({ saved: 1 })
    expect(await plant.done(importEvents(plant, [moved]))).toMatchObject({ saved: 0, alreadyThere: 1 })
    const damaged = told(3, { bizStep: 'storing', bizLocation: place('Line'), disposition: 'damaged' })
    expect(await plant.refused(importEvents(plant, [damaged]))).toMatchObject({
      violations: { [`${list}/0/disposition`]: [expect.any(String)] },
    })
  })

  it('are no news that goes under: an event that comes again and says so is refused', async () => {
    const plant = await makePlant()
    const event = { ...receiptOfOthers, eventID: 'urn:acme:event:1' }
    await plant.done(importEvents(plant, [event]))
    expect(await plant.refused(importEvents(plant, [{ ...event, disposition: 'recalled' }]))).toMatchObject({
      violations: { [`${list}/0/disposition`]: [expect.stringContaining('says something else')] },
    })
    const { items } = await plant.done(plant.inventory.findInventoryLotRecords({}, plant.ada))
    await plant.done(plant.inventory.saveInventoryLotRecord({ id: items[0]?.id, lotStatus: 'QA_HOLD' }, plant.ada))
    const corrected = importEvents(plant, [{ ...event, disposition: 'recalled' }])
    expect(await plant.done(corrected)).toMatchObject({ saved: 0, alreadyThere: 1 })
    const lot = { ...event, eventID: 'urn:acme:event:2', quantityList: [kg('Y')], disposition: 'recalled' }
    await plant.done(importEvents(plant, [lot]))
    expect(await plant.done(importEvents(plant, [lot]))).toMatchObject({ saved: 0, alreadyThere: 1 })
    expect(await lots(plant)).toEqual({ X: 'AVAILABLE', Y: 'QA_HOLD' })
  })
})

describe('an event of ours', () => {
  it('makes the lot as it was by then, and is refused where it says another thing in other words', async () => {
    const plant = await makePlant()
    const receipt = (name: string, n: number, status: string | undefined, fields: Fields = {}) => ({
      ...{ ...receiptOfOthers, quantityList: [kg(name)], ...own(n, 'RECEIVE', status) },
      ...fields,
    })
    await plant.done(
      importEvents(plant, [
        receipt('A', 1, 'QA_HOLD', { disposition: 'non_sellable_other' }),
        receipt('B', 2, 'EXPIRED'),
        receipt('C', 3, undefined, { disposition: 'recalled' }),
        receipt('D', 4, 'OPEN'),
        receipt('X', 5, 'AVAILABLE', { disposition: 'in_progress' }),
      ]),
    )
    expect(await lots(plant)).toEqual({ A: 'QA_HOLD', B: 'EXPIRED', C: 'QA_HOLD', D: 'OPEN', X: 'AVAILABLE' })
    expect(
      await plant.refused(importEvents(plant, [receipt('E', 6, 'AVAILABLE', { disposition: 'recalled' })])),
    ).toMatchObject({ violations: { [`${list}/0/disposition`]: [expect.stringContaining('lotbook:lotStatus')] } })
    expect(await plant.refused(importEvents(plant, [receipt('X', 7, 'QA_HOLD')]))).toMatchObject({
      violations: { [`${list}/0/lotbook:lotStatus`]: [expect.stringContaining('lot X is AVAILABLE')] },
    })
  })

  const strip = (text: string, ...patterns: readonly RegExp[]): Fields =>
    JSON.parse(text, (key, value: unknown) => (patterns.some((one) => one.test(key)) ? undefined : value)) as Fields
  const withoutHeader = /^epcisHeader$/u
  const withoutOurs = /^lotbook:|^epcisHeader$/u
  const reading = async (text: string, ...patterns: readonly RegExp[]) => {
    const copy = await makePlant()
    await copy.done(copy.inventory.saveMaterial({ path: 'Raw/Meat', unitOfMeasureSymbol: 'kg' }, copy.ada))
    await copy.done(copy.epcis.importDocument(strip(text, ...patterns), copy.ada))
    return lots(copy)
  }

  it.each(['OPEN', 'AVAILABLE', 'QA_HOLD'] as const)('of a lot that began %s gives the same', async (status) => {
    const plant = await makePlant()
    const meat = { path: 'Raw/Meat', unitOfMeasureSymbol: 'kg', initialLotStatus: status }
    await plant.done(plant.inventory.saveMaterial(meat, plant.ada))
    const quantityList = [{ epcClass: 'urn:lotbook:lot/Raw/Meat/X', quantity: 1, uom: 'KGM' }]
    await plant.done(importEvents(plant, [{ ...receiptOfOthers, quantityList }]))
    expect(await lots(plant)).toEqual({ X: status })
    const text = await tellEvents(plant)
    expect(await reading(text)).toEqual({ X: status })
    expect(await reading(text, withoutHeader)).toEqual({ X: status })
    // Whoever does not know our words reads what is withheld as such.
    expect(await reading(text, withoutOurs)).toEqual({ X: status === 'QA_HOLD' ? 'QA_HOLD' : 'AVAILABLE' })
  })

  it.each(['OPEN', 'AVAILABLE', 'QA_HOLD', 'EXPIRED'] as const)(
    'of a lot that was saved %s gives the same, also where its beginning is not told',
    async (status) => {
      const plant = await makePlant()
      const lot = await plant.lot('X', { status })
      const made = { quantity: 2, destinationLocationId: plant.location.line }
      await plant.save('PRODUCE', lot, { ...made, startDate: at(3) })
      await plant.save('PRODUCE', lot, { ...made, startDate: at(3), productionOrderName: 'PO 1' })
      await plant.receive(lot, 5, 3)
      const [whole, late] = [await tellEvents(plant), await tellEvents(plant, { from: at(3), to: at(4) })]
      for (const text of [whole, late]) {
        expect(await reading(text)).toEqual({ X: status })
        expect(await reading(text, withoutHeader)).toEqual({ X: status })
      }
      expect(await reading(late, withoutOurs)).toEqual({ X: status === 'OPEN' ? 'AVAILABLE' : status })
    },
  )

  it('of a lot that was changed to each status, told and read, gives the same', async () => {
    const plant = await makePlant()
    const made = { startDate: at(4) }
    for (const to of ['QA_HOLD', 'EXPIRED', 'AVAILABLE'] as const) {
      const lot = await plant.lot(`To ${to}`, { status: 'OPEN', stock: 3 })
      await plant.save('STATUS_CHANGE', lot, { ...made, lotStatus: to })
      await plant.receive(lot, 1, 5)
    }
    const released = await plant.lot('Released', { status: 'QA_HOLD', stock: 3 })
    await plant.save('STATUS_CHANGE', released, { ...made, lotStatus: 'AVAILABLE' })
    await plant.consume(released, 1, 5)
    const shipped = await plant.lot('Shipped', { stock: 3 })
    await plant.save('SHIP', shipped, { quantity: 3, startDate: at(4), sourceLocationId: plant.location.dock })
    const back = await plant.lot('Back', { stock: 3 })
    await plant.save('SHIP', back, { quantity: 3, startDate: at(4), sourceLocationId: plant.location.dock })
    await plant.receive(back, 1, 5)
    const closed = await plant.lot('Closed', { stock: 3 })
    await plant.save('SCRAP', closed, { quantity: 3, startDate: at(4), sourceLocationId: plant.location.dock })
    await plant.save('STATUS_CHANGE', closed, { ...made, lotStatus: 'CLOSED' })
    const before = await lots(plant)
    expect(before).toEqual({
      ...{ 'To QA_HOLD': 'QA_HOLD', 'To EXPIRED': 'EXPIRED', 'To AVAILABLE': 'AVAILABLE', Released: 'AVAILABLE' },
      ...{ Shipped: 'SHIPPED', Back: 'QA_HOLD', Closed: 'CLOSED' },
    })
    const text = await tellEvents(plant)
    expect(await reading(text)).toEqual(before)
    expect(await reading(text, withoutHeader)).toEqual(before)
  })
})
