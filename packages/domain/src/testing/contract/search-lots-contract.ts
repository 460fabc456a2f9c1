import { describe, expect, it } from 'vitest'
import { at } from '../clock.ts'
import type { Fields, Plant } from '../fixtures.ts'
import type { MakeStore } from './store-contract.ts'
import { withPlant } from './with-plant.ts'

const missing = '01JE6F0CE9-T94PZD8R-TH9J01TJ'

const found = async (plant: Plant, request: Fields): Promise<readonly string[]> =>
  (await plant.done(plant.inventory.findLots(request, plant.ada))).content.map(({ name }) => name)

const lots = async (makeStore: MakeStore): Promise<Plant> => {
  const plant = await withPlant(makeStore)
  const save = (fields: Fields) => plant.done(plant.inventory.saveLot(fields, plant.ada))
  const a = await plant.lot('A', { stock: 5 })
  await save({ id: a, notes: 'first', supplierId: 'S1', spare1: 'x' })
  await plant.lot('b_1', { status: 'QA_HOLD' })
  await plant.lot('B%2', { stock: 0.5, expirationDate: at(20) })
  await plant.lot('é', { material: 'milk', stock: 2.25 })
  await plant.lot('🥛', { material: 'cap' })
  await save({ id: await plant.lot('Off'), enabled: false })
  return plant
}

const all = ['A', 'b_1', 'B%2', 'é', '🥛']

type Case = readonly [filter: Fields | readonly Fields[], expected: readonly string[]]

const cases: readonly Case[] = [
  [[], all],
  [{ field: 'name', condition: 'EQUALS', stringValue: 'A' }, ['A']],
  [{ field: 'NAME', condition: 'equals', stringValue: 'a' }, []],
  [{ field: 'name', condition: 'EQUALS', stringListValue: ['A', '🥛', 'no'] }, ['A', '🥛']],
  [{ field: 'name', condition: 'NOT_EQUALS', stringValue: 'A' }, ['b_1', 'B%2', 'é', '🥛']],
  [{ field: 'name', condition: 'NOT_EQUALS', stringListValue: ['A', 'é'] }, ['b_1', 'B%2', '🥛']],
  [{ field: 'name', condition: 'CONTAINS', stringValue: '_' }, ['b_1']],
  [{ field: 'name', condition: 'CONTAINS', stringValue: '' }, all],
  [{ field: 'name', condition: 'STARTS_WITH', stringValue: 'B' }, ['B%2']],
  [{ field: 'name', condition: 'ENDS_WITH', stringValue: '1' }, ['b_1']],
  [{ field: 'name', condition: 'ENDS_WITH', stringValue: '%2' }, ['B%2']],
  [{ field: 'name', condition: 'ENDS_WITH', stringValue: 'longer than any name' }, []],
  [{ field: 'name', condition: 'GREATER_THAN', stringValue: 'b_1' }, ['é', '🥛']],
  [{ field: 'name', condition: 'LESS_THAN_OR_EQUAL_TO', stringValue: 'B%2' }, ['A', 'B%2']],
  [{ field: 'material_path', condition: 'STARTS_WITH', stringValue: 'Raw/' }, ['A', 'b_1', 'B%2', 'é']],
  [{ field: 'materialName', condition: 'EQUALS', stringValue: 'Cap' }, ['🥛']],
  [{ field: 'unitOfMeasureSymbol', condition: 'EQUALS', stringListValue: ['l', 'pcs'] }, ['é', '🥛']],
  [{ field: 'materialQuantityFormat', condition: 'EQUALS', stringValue: 'x' }, []],
  [{ field: 'status', condition: 'EQUALS', stringValue: 'qa_hold' }, ['b_1']],
  [{ field: 'effective_status', condition: 'EQUALS', stringValue: 'EXPIRED' }, ['B%2', 'é']],
  [{ field: 'effectiveStatus', condition: 'NOT_EQUALS', stringValue: 'EXPIRED' }, ['A', 'b_1', '🥛']],
  [{ field: 'enabled', condition: 'FALSE' }, ['Off']],
  [{ field: 'enabled', condition: 'TRUE' }, all],
  [{ field: 'id', condition: 'EQUALS', stringValue: missing }, []],
  [{ field: 'id', condition: 'NOT_EQUALS', stringValue: missing.replaceAll('-', '').toLowerCase() }, all],
  [{ field: 'onHand', condition: 'GREATER_THAN', numberValue: 0.5 }, ['A', 'é']],
  [{ field: 'on_hand', condition: 'EQUALS', numberListValue: ['2.25', 0.5] }, ['B%2', 'é']],
  [{ field: 'totalQuantity', condition: 'BETWEEN', minNumberValue: 0.5, maxNumberValue: '2.25' }, ['B%2', 'é']],
  [{ field: 'version', condition: 'GREATER_THAN_OR_EQUAL_TO', numberValue: 4 }, ['A']],
  [{ field: 'expirationDate', condition: 'EQUALS', dateValue: at(20) }, ['B%2']],
  [{ field: 'expirationDate', condition: 'NOT_EQUALS', dateValue: at(20) }, ['A', 'b_1', 'é', '🥛']],
  [{ field: 'expirationDate', condition: 'LESS_THAN', dateValue: at(20) }, ['é']],
  [{ field: 'createdDate', condition: 'BETWEEN', minDateValue: at(1), maxDateValue: at(1) }, all],
  [{ field: 'closedDate', condition: 'EQUALS', dateListValue: [at(1), at(2)] }, []],
  [{ field: 'supplierId', condition: 'NOT_EQUALS', stringValue: 'S1' }, ['b_1', 'B%2', 'é', '🥛']],
  [{ field: 'notes', condition: 'CONTAINS', stringValue: 'irs' }, ['A']],
  [
    [
      { field: 'onHand', condition: 'GREATER_THAN', numberValue: 0, type: 'NUMBER' },
      { field: 'name', condition: 'LESS_THAN', stringValue: 'Z', numberValue: null },
    ],
    ['A', 'B%2'],
  ],
]

const sorts: readonly (readonly [request: Fields, expected: readonly string[]])[] = [
  [{ sortFields: ['name'] }, ['A', 'B%2', 'b_1', 'é', '🥛']],
  [{ sortField: 'name', sortDirection: 'Descending' }, ['🥛', 'é', 'b_1', 'B%2', 'A']],
  [{ sortFields: 'onHand', sortDirections: ['desc'] }, ['A', 'é', 'B%2', 'b_1', '🥛']],
  [{ sortField: ['MATERIAL_PATH', 'name'], sortDirections: ['ASC', 'Descending'] }, ['🥛', 'é', 'b_1', 'B%2', 'A']],
  [{ sortFields: ['supplierId', 'name'] }, ['A', 'B%2', 'b_1', 'é', '🥛']],
  [{ sortFields: ['supplierId'], sortDirections: ['DESC'] }, all],
  [{ sortFields: ['expirationDate'], sortDirections: ['descending'] }, ['B%2', 'é', 'A', 'b_1', '🥛']],
]

/** The query request of findLots: filters, sorting, pages, and what is wrong with one. */
export const searchLotsContract = (makeStore: MakeStore): void => {
  describe('findLots', () => {
    it('finds by every field and every condition that fits it', async () => {
      const plant = await lots(makeStore)
      for (const [filter, expected] of cases) {
        const filters = Array.isArray(filter) ? filter : [filter]
        expect([filter, await found(plant, { filters })]).toEqual([filter, expected])
      }
    })

    it('sorts by several fields, and puts what has no value last', async () => {
      const plant = await lots(makeStore)
      for (const [request, expected] of sorts)
        expect([request, await found(plant, request)]).toEqual([request, expected])
    })

    it('answers with the documented page', async () => {
      const plant = await lots(makeStore)
      const page = async (request: Fields) => {
        const { content, ...rest } = await plant.done(plant.inventory.findLots(request, plant.ada))
        return [content.map(({ name }) => name), rest] as const
      }
      const sort = { sortField: 'name' }
      const sized = { totalPages: 3, totalElements: 5, pageSize: 2 }
      expect(await page({ ...sort, pageSize: 2 })).toEqual([
        ['A', 'B%2'],
        { ...sized, pageIndex: 0, hasContent: true, isFirst: true, isLast: false, hasNext: true, hasPrevious: false },
      ])
      expect(await page({ ...sort, pageSize: 2, pageIndex: 2 })).toEqual([
        ['🥛'],
        { ...sized, pageIndex: 2, hasContent: true, isFirst: false, isLast: true, hasNext: false, hasPrevious: true },
      ])
      expect(await page({ ...sort, pageSize: 2, pageIndex: 9 })).toEqual([
        [],
        { ...sized, pageIndex: 9, hasContent: false, isFirst: false, isLast: true, hasNext: false, hasPrevious: true },
      ])
      const whole = { isFirst: true, isLast: true, hasNext: false, hasPrevious: false, pageIndex: 0 }
      expect(await page({})).toEqual([
        all,
        { ...whole, totalPages: 1, totalElements: 5, pageSize: 5, hasContent: true },
      ])
      const filters = [{ field: 'name', condition: 'EQUALS', stringValue: 'none' }]
      expect(await page({ filters })).toEqual([
        [],
        { ...whole, totalPages: 0, totalElements: 0, pageSize: 0, hasContent: false },
      ])
    })

    it('gives lots as getLot does, and equals by id, so that pages fit together', async () => {
      const plant = await lots(makeStore)
      const { content } = await plant.done(plant.inventory.findLots({ sortFields: ['status'] }, plant.ada))
      for (const lot of content) expect(lot).toEqual(await plant.get(lot.id ?? ''))
      const pages: (string | null)[] = []
      for (let pageIndex = 0; pageIndex < 5; pageIndex++) {
        const request = { sortFields: ['status'], pageSize: 1, pageIndex }
        const page = await plant.done(plant.inventory.findLots(request, plant.ada))
        pages.push(...page.content.map(({ id }) => id))
      }
      expect(pages).toEqual(content.map(({ id }) => id))
      const ids = content.filter(({ status }) => status === 'AVAILABLE').map(({ id }) => id)
      expect(ids).toEqual(ids.toSorted((left, right) => ((left ?? '') < (right ?? '') ? -1 : 1)))
    })

    it('says all that is wrong with a request at once, each at its place', async () => {
      const plant = await lots(makeStore)
      const refusal = await plant.refused(
        plant.inventory.findLots(
          {
            pageSize: 0,
            pageIndex: 'x',
            colour: 1,
            sortFields: ['name', 'nothing'],
            sortDirections: ['up', 'ASC', 'ASC'],
            filters: [
              { field: 'colour', condition: 'EQUALS', stringValue: 'x' },
              { field: 'name' },
              { field: 'enabled', condition: 'EQUALS', stringValue: 'true' },
              { field: 'name', condition: 'BETWEEN', minNumberValue: 1, maxNumberValue: 2 },
              { field: 'onHand', condition: 'EQUALS', stringValue: '1' },
              { field: 'onHand', condition: 'BETWEEN', minNumberValue: 2 },
              { field: 'onHand', condition: 'BETWEEN', minNumberValue: 2, maxNumberValue: 1 },
              { field: 'status', condition: 'EQUALS', stringListValue: ['OPEN', 'ODD'] },
              { field: 'id', condition: 'EQUALS', stringValue: 'x' },
              { field: 'version', condition: 'EQUALS', numberValue: 1.5 },
              { field: 'createdDate', condition: 'LESS_THAN', dateValue: 'yesterday', more: true },
              { field: 'enabled', condition: 'TRUE', stringValue: 'yes' },
              { field: 'name', condition: 'EQUALS', stringValue: 'a', stringListValue: ['b'] },
              { field: 'name', condition: 'LIKE', stringListValue: [7] },
              { field: 'name', condition: 'EQUALS', stringListValue: [] },
              'name',
            ],
          },
          plant.ada,
        ),
      )
      expect(refusal).toMatchObject({ _tag: 'ValidationFailed' })
      const { violations } = refusal as typeof refusal & { violations: Readonly<Record<string, readonly string[]>> }
      expect(Object.keys(violations).sort()).toEqual(
        [
          ...['pageSize', 'pageIndex', 'colour', 'sortFields[1]', 'sortDirections[0]', 'sortDirections[2]'],
          ...['filters[0].field', 'filters[1].condition', 'filters[2].condition', 'filters[3].condition'],
          ...['filters[4].numberValue', 'filters[4].stringValue', 'filters[5].maxNumberValue'],
          ...['filters[6].maxNumberValue', 'filters[7].stringListValue', 'filters[8].stringValue'],
          ...['filters[9].numberValue', 'filters[10].dateValue', 'filters[10].more', 'filters[11].stringValue'],
          ...['filters[12].stringValue', 'filters[13].condition', 'filters[13].stringListValue', 'filters[15]'],
          ...['filters[14].stringListValue', 'filters[15].condition', 'filters[15].field'],
        ].sort(),
      )
      expect(violations['filters[2].condition']).toEqual(['does not fit enabled: it takes TRUE, FALSE'])
      expect(violations['filters[4].stringValue']).toEqual([
        'must be left out: onHand EQUALS takes numberValue or numberListValue',
      ])
    })

    it('takes so many filters, fields and rows, and not one more', async () => {
      const plant = await withPlant(makeStore)
      const filter = { field: 'name', condition: 'EQUALS', stringValue: 'x' }
      const values = (count: number) => [{ ...filter, stringValue: null, stringListValue: Array(count).fill('x') }]
      const ok = (request: Fields) => plant.done(plant.inventory.findLots(request, plant.ada))
      const fails = async (request: Fields) => {
        const refusal = await plant.refused(plant.inventory.findLots(request, plant.ada))
        return refusal._tag === 'ValidationFailed' ? Object.keys(refusal.violations) : []
      }
      await ok({ filters: Array(50).fill(filter), sortFields: Array(4).fill('name'), pageSize: 10_000 })
      await ok({ filters: values(200), pageSize: 1, pageIndex: 1_000_000_000 })
      expect(await fails({ filters: Array(51).fill(filter) })).toEqual(['filters'])
      expect(await fails({ sortFields: Array(5).fill('name') })).toEqual(['sortFields'])
      expect(await fails({ pageSize: 10_001 })).toEqual(['pageSize'])
      expect(await fails({ pageIndex: 0 })).toEqual(['pageSize'])
      expect(await fails({ filters: values(201) })).toContain('filters[0].stringListValue')
      expect(await fails({ filters: {} })).toEqual(['filters'])
      expect(await fails({ sortField: 'name', sortFields: ['name'] })).toEqual(['sortField'])
    })

    it('needs the permission to read', async () => {
      const plant = await withPlant(makeStore)
      const asked = plant.inventory.findLots({ pageSize: 0 }, plant.caller('INVENTORY.WRITE'))
      expect(await plant.refused(asked)).toMatchObject({ permission: 'INVENTORY.READ.GET' })
    })
  })
}
