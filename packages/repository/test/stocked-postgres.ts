import { makePlant, open } from './plant.ts'
import { newPostgres } from './postgres-under-test.ts'

/** An open store on PostgreSQL with a plant that has 1,000 kg of one lot. */
export const stockedPostgres = async () => {
  const address = await newPostgres()
  const opened = await open({ filename: address })
  const plant = await makePlant(opened.store)
  const lot = await plant.lot('A')
  await plant.receive(lot, 1000)
  return { address, plant, lot, ...opened }
}
