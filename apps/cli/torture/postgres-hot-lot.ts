import { hotLotOn } from './hot-lot.ts'
import { onPostgres } from './on-postgres.ts'
import type { Torture } from './torture.ts'

/** T7: several API processes on one PostgreSQL, all of whose writers work on the same lot. */
export const postgresHotLot: Torture = ({ tell, form }) =>
  onPostgres((db) => hotLotOn(db, form === 'long' ? 400 : 12, tell))
