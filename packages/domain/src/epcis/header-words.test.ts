import { describe, expect, it } from 'vitest'
import { at } from '../testing/clock.ts'
import { soundDocument } from '../testing/document-faults.ts'
import { makePlant, type Plant } from '../testing/fixtures.ts'

type Words = Readonly<Record<string, unknown>>

/** The sound document, with a header that says something of the lot X after something of the dock. */
const saying = (ofLot: Words, ofDock: Words = {}) => {
  const element = (id: string, words: Words) => ({
    id,
    attributes: [
      { id: 'acme:colour', attribute: 'red' },
      ...Object.entries(words).map(([word, attribute]) => ({ id: `lotbook:${word}`, attribute })),
    ],
  })
  const vocabularyList = [
    {
      type: 'urn:epcglobal:epcis:vtype:BusinessLocation',
      vocabularyElementList: [element('urn:lotbook:location/Plant/Dock', ofDock)],
    },
    {
      type: 'urn:epcglobal:epcis:vtype:EPCClass',
      vocabularyElementList: [{ id: 'urn:acme:bag' }, element('urn:lotbook:lot/Raw/Sugar/X', ofLot)],
    },
  ]
  return { ...soundDocument(), epcisHeader: { epcisMasterData: { vocabularyList } } }
}
const list = '/epcisHeader/epcisMasterData/vocabularyList'
const ofLotAt = (n: number) => `${list}/1/vocabularyElementList/1/attributes/${n}/attribute`
const ofDockAt = `${list}/0/vocabularyElementList/0/attributes/1/attribute`

const importing = ({ epcis, ada }: Plant, document: unknown) => epcis.importDocument(document, ada)
const lotsOf = async ({ inventory, ada, done }: Plant) => (await done(inventory.listLots({}, ada))).items

const text = 'must be text of at most 4000 characters without control characters'
const name = expect.stringContaining('must be 1 to 255 visible characters')
const date = expect.stringContaining('must be an ISO 8601 date and time with an offset')
const wrong: readonly (readonly [word: string, value: unknown, message: unknown])[] = [
  ...['notes', 'spare1', 'spare2', 'spare3', 'supplierId'].flatMap((word) =>
    ['x'.repeat(4001), 'a\u001bb', 'a\u0000b', '\ud800', 5].map((value) => [word, value, text] as const),
  ),
  ...['lotName', 'unitOfMeasureSymbol', 'materialPath'].flatMap((word) =>
    ['x'.repeat(256), 'a\u0000b', '', 5].map((value) => [word, value, name] as const),
  ),
  ...['2026-12-31', '2026-12-31T00:00:00', '2026-02-30T00:00:00Z', '', 5].map(
    (value) => ['expirationDate', value, date] as const,
  ),
  ...['USABLE', '', 5].map(
    (value) => ['initialStatus', value, expect.stringContaining('must be one of OPEN, AVAILABLE')] as const,
  ),
]

describe('what a header says of a lot', () => {
  it('is what the lot begins with', async () => {
    const plant = await makePlant()
    const own = { notes: 'Two\nlines', spare1: 'a', spare2: 'b', spare3: 'c', supplierId: 'S-1' }
    const said = { ...own, expirationDate: '2026-12-31T00:00:00+01:00', unitOfMeasureSymbol: 'kg' }
    await plant.done(importing(plant, saying({ ...said, initialStatus: 'AVAILABLE' })))
    expect((await lotsOf(plant)).find((lot) => lot.name === 'X')).toMatchObject({
      ...own,
      expirationDate: '2026-12-30T23:00:00.000Z',
      unitOfMeasureSymbol: 'kg',
      status: 'AVAILABLE',
    })
  })

  it.each(wrong)('is refused by its pointer where %s is %j, and nothing changed', async (word, value, message) => {
    const plant = await makePlant()
    const before = await plant.dump()
    const refusal = await plant.refused(importing(plant, saying({ [word]: value })))
    expect(refusal).toMatchObject({ _tag: 'ValidationFailed', violations: { [ofLotAt(1)]: [message] } })
    expect(Object.keys('violations' in refusal ? refusal.violations : {})).toEqual([ofLotAt(1)])
    expect(await plant.dump()).toEqual(before)
  })

  it('is refused with every other fault of the document at once', async () => {
    const plant = await makePlant()
    const document = saying({ notes: '\u0000', expirationDate: 'soon', spare1: 'fine' }, { path: 'Plant//Dock' })
    Object.assign(document.epcisBody.eventList[1] ?? {}, { bizLocation: { id: 'urn:lotbook:location/Plant/Moon' } })
    const refusal = await plant.refused(importing(plant, document))
    expect(Object.keys('violations' in refusal ? refusal.violations : {}).sort()).toEqual(
      ['/epcisBody/eventList/1/bizLocation/id', ofDockAt, ofLotAt(1), ofLotAt(2)].sort(),
    )
  })

  it('names it as a row does: without the blanks around a name, and in one normal form', async () => {
    const plant = await makePlant()
    const document = saying({ materialPath: ' Raw / Sugar ', lotName: ' Ru\u0308be ' }, { path: 'Plant/ Dock' })
    // Without the transformation, which uses the stock that was moved.
    document.epcisBody.eventList.splice(2)
    expect(await plant.done(importing(plant, document))).toMatchObject({ saved: 2, lotsMade: 1 })
    expect((await lotsOf(plant)).map((lot) => lot.name)).toEqual(['R\u00fcbe'])
    expect(await plant.done(importing(plant, document))).toMatchObject({ saved: 0, alreadyThere: 2 })
  })

  it('makes a lot that is past its expiration date no usable one', async () => {
    const plant = await makePlant()
    const document = saying({ expirationDate: at(1) })
    const refusal = await plant.refused(importing(plant, document))
    expect(Object.keys('violations' in refusal ? refusal.violations : {})).toContain('/epcisBody/eventList/2')
  })
})
