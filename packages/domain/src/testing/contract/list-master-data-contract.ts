import type { Effect } from 'effect'
import { describe, expect, it } from 'vitest'
import type { Caller } from '../../inventory.ts'
import type { Refusal } from '../../refusals.ts'
import type { Page } from '../../store.ts'
import type { MakeStore } from './store-contract.ts'
import { whole } from './whole.ts'
import { withPlant } from './with-plant.ts'

/** Lists of master data: order and pages. */
export const listMasterDataContract = (makeStore: MakeStore): void => {
  describe('lists of master data', () => {
    it('are by symbol, by path, and by type and code, in pages', async () => {
      const plant = await withPlant(makeStore)
      for (const [lotRecordType, reasonCode] of [
        ['SCRAP', 'WET'],
        ['SCRAP', 'DRY'],
        ['RETURN', 'WET'],
      ])
        await plant.done(plant.inventory.saveReasonCode({ lotRecordType, reasonCode }, plant.ada))
      const { findUnits, findMaterials, findLocations, findReasonCodes } = plant.inventory
      for (const limit of [1, 2, 50]) {
        const list = <A>(find: (query: object, caller: Caller) => Effect.Effect<Page<A>, Refusal>) =>
          whole((cursor) => plant.done(find({ limit, cursor }, plant.ada)))
        expect((await list(findUnits)).map(({ symbol }) => symbol)).toEqual(['kg', 'l', 'pcs'])
        expect((await list(findMaterials)).map(({ path }) => path)).toEqual(['Pack/Cap', 'Raw/Milk', 'Raw/Sugar'])
        expect((await list(findLocations)).map(({ path }) => path)).toEqual([
          ...['Plant', 'Plant/Cellar', 'Plant/Dock', 'Plant/Drain', 'Plant/Line'],
        ])
        expect((await list(findReasonCodes)).map((one) => `${one.lotRecordType} ${one.reasonCode}`)).toEqual([
          ...['RETURN WET', 'SCRAP DRY', 'SCRAP WET'],
        ])
      }
      const scrap = await plant.done(plant.inventory.findReasonCodes({}, plant.ada, 'SCRAP'))
      expect(scrap.items.map(({ reasonCode }) => reasonCode)).toEqual(['DRY', 'WET'])
    })
  })
}
