import type { RawDatabase } from './engine.ts'

interface Index {
  readonly name: string
  readonly definition: string
}

/** Does work on a PostgreSQL database whose indexes are made again afterwards: many rows at once are faster without. */
export const withoutIndexes = async (
  database: RawDatabase,
  work: (database: RawDatabase) => Promise<void>,
): Promise<void> => {
  const indexes = await database.all<Index>(
    `select indexname as name, indexdef as definition from pg_indexes
     where schemaname = 'public' and indexname not in (select conname from pg_constraint)`,
  )
  for (const { name } of indexes) await database.all(`drop index ${name}`)
  await work(database)
  await database.all("set maintenance_work_mem = '256MB'")
  for (const { definition } of indexes) await database.all(definition)
}
