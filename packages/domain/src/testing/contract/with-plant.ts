import { onTestFinished } from 'vitest'
import type { Policy } from '../../lot/lot-status.ts'
import { makePlant, type Plant } from '../fixtures.ts'
import type { MakeStore } from './store-contract.ts'

/** Builds the plant in a store that is closed with the test. */
export const withPlant = async (makeStore: MakeStore, policy?: Policy): Promise<Plant> => {
  const plant = await makePlant(await makeStore(policy))
  onTestFinished(plant.close)
  return plant
}
