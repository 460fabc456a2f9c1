import { describe, expect, it } from 'vitest'
import { at } from '../testing/clock.ts'
import { soundDocument } from '../testing/document-faults.ts'
import { type Fields, makePlant, type Plant } from '../testing/fixtures.ts'
import { tellEvents } from '../testing/tell-events.ts'

const uuid = (n: number): string => `urn:uuid:00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const kg = (name: string, epcClass = `urn:lotbook:lot/Raw/Sugar/${name}`) => ({ epcClass, quantity: 4, uom: 'KGM' })

const dock = { id: 'urn:lotbook:location/Plant/Dock' }

/** Something that comes into being at the dock, with what is said of it. */
const born = (n: number, ilmd: Fields, ...quantityList: readonly Fields[]): Fields => ({
  ...{ type: 'ObjectEvent', eventID: uuid(n), eventTime: at(2), eventTimeZoneOffset: '+00:00' },
  ...{ action: 'ADD', bizStep: 'commissioning', bizLocation: dock },
  ...{ quantityList, ilmd },
})
const document = (events: readonly Fields[], more: Fields = {}) => ({
  ...soundDocument(),
  epcisBody: { eventList: events },
  ...more,
})
const header = (id: string, words: Fields): Fields => {
  const attributes = Object.entries(words).map(([word, attribute]) => ({ id: `lotbook:${word}`, attribute }))
  const lots = { type: 'urn:epcglobal:epcis:vtype:EPCClass', vocabularyElementList: [{ id, attributes }] }
  return { epcisHeader: { epcisMasterData: { vocabularyList: [lots] } } }
}
const importing = ({ epcis, ada }: Plant, events: readonly Fields[], more?: Fields) =>
  epcis.importDocument(document(events, more), ada)
const expirations = async ({ inventory, ada, done }: Plant) =>
  Object.fromEntries((await done(inventory.listLots({}, ada))).items.map((lot) => [lot.name, lot.expirationDate]))
const member = (n: number, word: string) => `/epcisBody/eventList/${n}/ilmd/${word.replaceAll('/', '~1')}`
const expires = 'cbvmda:itemExpirationDate'

describe('what an event says of the lots that come into being with it', () => {
  it.each([
    [expires, '2026-12-31', '2026-12-31T00:00:00.000Z'],
    ['urn:epcglobal:cbv:mda:itemExpirationDate', '2026-12-31', '2026-12-31T00:00:00.000Z'],
    ['gs1:expirationDate', '2026-12-31', '2026-12-31T00:00:00.000Z'],
    [expires, '2026-12-31T10:00:00+02:00', '2026-12-31T08:00:00.000Z'],
    ['cbvmda:bestBeforeDate', '2026-12-31', null],
    ['acme:colour', 'red', null],
  ])('%s %s is when they expire', async (word, told, expirationDate) => {
    const plant = await makePlant()
    await plant.done(importing(plant, [born(1, { [word]: told }, kg('X'), kg('Y'))]))
    expect(await expirations(plant)).toEqual({ X: expirationDate, Y: expirationDate })
  })

  it('goes before the shelf life of the material, for outputs alone, and wherever in the document it stands', async () => {
    const plant = await makePlant()
    const milk = (name: string) => ({ epcClass: `urn:lotbook:lot/Raw/Milk/${name}`, quantity: 4, uom: 'LTR' })
    const { ilmd: _ilmd, ...rest } = born(1, {}, milk('M'))
    const received = { ...rest, action: 'OBSERVE', bizStep: 'receiving' }
    const made: Fields = {
      ...{ type: 'TransformationEvent', eventID: uuid(2), eventTime: at(3), eventTimeZoneOffset: '+00:00' },
      ...{ inputQuantityList: [milk('M')], outputQuantityList: [milk('N'), kg('P')] },
      ...{ bizLocation: dock, ilmd: { [expires]: '2026-12-01' } },
    }
    const more = born(3, { [expires]: '2026-11-30' }, milk('M'))
    await plant.done(importing(plant, [received, made, more]))
    expect(await expirations(plant)).toEqual({
      ...{ M: '2026-11-30T00:00:00.000Z', N: '2026-12-01T00:00:00.000Z', P: '2026-12-01T00:00:00.000Z' },
    })
  })

  it('makes a lot that expired no usable one', async () => {
    const plant = await makePlant()
    const { ilmd: _ilmd, bizLocation: _place, ...rest } = born(2, {}, kg('X'))
    const shipped = { ...rest, action: 'OBSERVE', bizStep: 'shipping', readPoint: dock }
    const events = [born(1, { [expires]: '2026-11-01' }, kg('X')), shipped]
    expect(await plant.refused(importing(plant, events))).toMatchObject({
      violations: { '/epcisBody/eventList/1': [expect.stringContaining('expiration date')] },
    })
  })

  it('agrees with the header, which may say the time of that day', async () => {
    const plant = await makePlant()
    const said = header('urn:lotbook:lot/Raw/Sugar/X', { expirationDate: '2026-12-31T15:00:00Z' })
    const wrong = importing(plant, [born(2, { [expires]: '2026-12-30' }, kg('X'))], said)
    expect(await plant.refused(wrong)).toMatchObject({
      violations: { [member(0, expires)]: [expect.stringContaining('must be what the header says of X')] },
    })
    await plant.done(importing(plant, [born(1, { [expires]: '2026-12-31' }, kg('X'))], said))
    expect(await expirations(plant)).toEqual({ X: '2026-12-31T15:00:00.000Z' })
  })

  it('agrees with every other event, and an event that is declared an error says nothing', async () => {
    const plant = await makePlant()
    const first = born(1, { [expires]: '2026-12-31' }, kg('X'))
    const declaration = { errorDeclaration: { declarationTime: at(3) } }
    for (const other of ['2026-12-30', '2026-12-30T23:00:00Z', '2027-12-31']) {
      const second = born(2, { [expires]: other }, kg('X'))
      expect(await plant.refused(importing(plant, [first, second]))).toMatchObject({
        violations: { [member(1, expires)]: [expect.stringContaining('must be what is said of X before')] },
      })
      expect(await plant.refused(importing(plant, [second, first]))).toMatchObject({
        violations: { [member(1, expires)]: [expect.any(String)] },
      })
    }
    const exact = born(3, { [expires]: '2026-12-31T15:00:00Z' }, kg('X'))
    const withdrawn = { ...born(4, { [expires]: '2027-12-31' }, kg('X')), ...declaration }
    expect(await plant.done(importing(plant, [withdrawn, first, exact]))).toMatchObject({
      saved: 2,
      declaredInError: 1,
    })
    expect(await expirations(plant)).toEqual({ X: '2026-12-31T15:00:00.000Z' })
  })

  it('must be what is kept of a lot that is here, and an event that is here is not asked again', async () => {
    const plant = await makePlant()
    const events = [born(1, { [expires]: '2026-12-31' }, kg('X'))]
    await plant.done(importing(plant, events))
    await plant.done(importing(plant, [born(2, { [expires]: '2026-12-31' }, kg('X'))]))
    const { id } = (await plant.done(plant.inventory.listLots({}, plant.ada))).items[0] ?? { id: null }
    await plant.done(plant.inventory.saveLot({ id, expirationDate: '2026-12-24T00:00:00Z' }, plant.ada))
    expect(await plant.done(importing(plant, events))).toMatchObject({ saved: 0, alreadyThere: 1 })
    const more = [born(3, { [expires]: '2026-12-31' }, kg('X'), kg('Y'))]
    expect(await plant.refused(importing(plant, more))).toMatchObject({
      violations: { [member(0, expires)]: [expect.stringContaining('X is here with another, 2026-12-24')] },
    })
    await plant.lot('Y')
    const undated = [born(4, { [expires]: '2026-12-24' }, kg('X'), kg('Y'))]
    expect(await plant.refused(importing(plant, undated))).toMatchObject({
      violations: { [member(0, expires)]: [expect.stringContaining('Y is here without an expiration date')] },
    })
  })

  it('names the lot that the event names, by its name here or that of GS1', async () => {
    const plant = await makePlant()
    const lgtin = 'urn:epc:class:lgtin:4012345.012345.L-7'
    const traded = header(lgtin, { materialPath: 'Raw/Sugar', lotName: 'Seven' })
    for (const lotNumber of ['Seven', 'L-7'])
      await plant.done(importing(plant, [born(1, { 'cbvmda:lotNumber': lotNumber }, kg('', lgtin))], traded))
    for (const lotNumber of ['L-8', 7, null])
      expect(
        await plant.refused(importing(plant, [born(2, { 'cbvmda:lotNumber': lotNumber }, kg('', lgtin))], traded)),
      ).toMatchObject({ violations: { [member(0, 'cbvmda:lotNumber')]: [expect.stringContaining('Seven')] } })
  })

  it.each([
    [expires, '31.12.2026'],
    [expires, '2026-02-30'],
    [expires, '2026-12-31T10:00:00'],
    [expires, 20261231],
    [expires, null],
    ['cbvmda:expirationDate', '20261231'],
    ['cbvmda:itemExpiryDate', '2026-12-31'],
    ['gs1:itemexpirationdate', '2026-12-31'],
    ['gs1:expirationDateTime', '2026-12-31T00:00:00Z'],
    ['mda:itemExpirationDate', '2026-12-31'],
    ['acme:expirationDate', 'soon'],
    ['https://ref.gs1.org/cbv/itemExpirationDate', '2026-12-31'],
  ])('is refused by pointer where %s is %j', async (word, value) => {
    const plant = await makePlant()
    expect(await plant.refused(importing(plant, [born(1, { [word]: value }, kg('X'))]))).toMatchObject({
      violations: { [member(0, word)]: [expect.any(String)] },
    })
  })

  it.each(['?17=261120', '?11=261101', '/21/5?17=261120', '#x'])(
    'is told by no Digital Link: one that says more behind its lot, %s, is refused',
    async (more) => {
      const plant = await makePlant()
      const link = 'https://id.gs1.org/01/09521234543213'
      const traded = header(link, { materialPath: 'Raw/Sugar' })
      const named = header(`${link}/10/X${more}`, { materialPath: 'Raw/Sugar', lotName: 'X' })
      for (const said of [traded, named])
        expect(await plant.refused(importing(plant, [born(1, {}, kg('', `${link}/10/X${more}`))], said))).toMatchObject(
          {
            violations: { '/epcisBody/eventList/0/quantityList/0/epcClass': [expect.stringContaining('by ilmd')] },
          },
        )
      await plant.done(importing(plant, [born(1, {}, kg('', `${link}/10/X`))], traded))
      expect(await expirations(plant)).toEqual({ X: null })
    },
  )

  it('is read from what Lotbook tells itself, without a header too', async () => {
    const plant = await makePlant()
    const lot = await plant.lot('X', { expirationDate: '2026-12-31T15:00:00Z' })
    await plant.save('PRODUCE', lot, { quantity: 2, startDate: at(3), destinationLocationId: plant.location.dock })
    const { epcisHeader: _header, ...bare } = JSON.parse(await tellEvents(plant)) as Fields
    const copy = await makePlant()
    await copy.done(copy.epcis.importDocument(bare, copy.ada))
    expect(await expirations(copy)).toEqual({ X: '2026-12-31T00:00:00.000Z' })
  })
})
