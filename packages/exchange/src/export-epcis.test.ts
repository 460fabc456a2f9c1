import {
  checkEpcisRoundTrips,
  documentFaults,
  makePlant,
  memory,
  type Plant,
  soundDocument,
} from '@lotbook/domain/testing'
import { describe, expect, it } from 'vitest'
import { schemaFaults } from '../test/epcis-schema.ts'
import { exportEpcis } from './export-epcis.ts'

const exported = async ({ epcis, ada, clock }: Plant, query: object = {}): Promise<string> => {
  let text = ''
  for await (const part of exportEpcis(epcis, ada, query, clock.now)) text += part
  return text
}

describe('the schema of EPCIS that exports are held against', () => {
  it('takes a sound document', () => {
    expect(schemaFaults(soundDocument())).toEqual([])
  })

  it.each(documentFaults.filter(({ isOfStandard }) => isOfStandard))('refuses one $name', ({ spoil }) => {
    expect(schemaFaults(spoil(soundDocument()))).not.toEqual([])
  })

  it.each(documentFaults.filter(({ isOfStandard }) => !isOfStandard))(
    'takes one $name: only we do not',
    ({ spoil }) => {
      expect(schemaFaults(spoil(soundDocument()))).toEqual([])
    },
  )
})

describe('an export as EPCIS', () => {
  it('of random ledgers keeps the schema, and no quantity in it is zero or less', async () => {
    const judge = (document: unknown): void => {
      expect(schemaFaults(document)).toEqual([])
      expect(JSON.stringify(document)).not.toMatch(/"quantity":(?:-|0[,}])/u)
    }
    const { whole } = await checkEpcisRoundTrips(async () => memory(), { runs: 30 }, judge)
    expect(whole).toBeGreaterThanOrEqual(27)
  })

  it('of nothing is a document without events', async () => {
    const plant = await makePlant()
    const text = await exported(plant)
    expect(schemaFaults(JSON.parse(text))).toEqual([])
    expect(JSON.parse(text)).toEqual({
      '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld', { lotbook: 'urn:lotbook:epcis:' }],
      ...{ type: 'EPCISDocument', schemaVersion: '2.0', 'lotbook:base': 'urn:lotbook:' },
      ...{ epcisBody: { eventList: [] }, creationDate: '2026-11-23T08:00:00.000Z' },
    })
  })

  it('goes over many pages, with each lot once in its header', async () => {
    const plant = await makePlant()
    const lot = await plant.lot('A')
    for (let n = 1; n <= 420; n++) await plant.receive(lot, n / 1000, 2)
    const text = await exported(plant)
    const { epcisBody, epcisHeader } = JSON.parse(text) as {
      readonly epcisBody: { readonly eventList: readonly object[] }
      readonly epcisHeader: {
        readonly epcisMasterData: {
          readonly vocabularyList: readonly [{ readonly vocabularyElementList: readonly object[] }]
        }
      }
    }
    expect(epcisBody.eventList).toHaveLength(421)
    expect(epcisHeader.epcisMasterData.vocabularyList[0].vocabularyElementList).toHaveLength(1)
    expect(await exported(plant)).toBe(text)
    const traced = await exported(plant, { lot, direction: 'BOTH' })
    expect(JSON.parse(traced)).toEqual(JSON.parse(text))
  })

  it('keeps names of every kind, below any base', async () => {
    const plant = await makePlant()
    const names = [
      'a b',
      'ä/'.slice(0, 1),
      '100%',
      'x:y',
      '#1',
      '?',
      '..',
      '.',
      '[1]',
      "it's",
      '🧀',
      'a\\b',
      '<i>',
      '^|`{}',
    ]
    for (const name of names) await plant.lot(name, { stock: 1 })
    for (const base of ['urn:lotbook:', 'https://example.com/lots/']) {
      const document = JSON.parse(await exported(plant, { base })) as unknown
      expect(schemaFaults(document)).toEqual([])
      const copy = await makePlant()
      await copy.done(copy.epcis.importDocument(document, copy.ada))
      const { items } = await copy.done(copy.inventory.listLots({ limit: 200 }, copy.ada))
      expect(Object.fromEntries(items.map(({ name, onHand }) => [name, onHand]))).toEqual(
        Object.fromEntries(names.map((name) => [name, 1])),
      )
    }
  })

  it('says why not before the first byte', async () => {
    const plant = await makePlant()
    const text = exportEpcis(plant.epcis, plant.ada, { lot: 'Z', material: 'Raw/Sugar' }, plant.clock.now)
    await expect(text.next()).rejects.toMatchObject({ _tag: 'NotFound' })
  })
})
