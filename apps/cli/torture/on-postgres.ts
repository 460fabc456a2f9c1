import { newDatabase, type PostgresServer, startPostgres } from '@lotbook/repository/testing'
import { seedPlant } from './plant.ts'

/** Gives a PostgreSQL server of its own, whose commits wait for the disk, and a database with the sample plant on it. */
export const onPostgres = async (work: (db: string, postgres: PostgresServer) => Promise<void>): Promise<void> => {
  const postgres = await startPostgres({ sync: true })
  try {
    const db = await newDatabase(postgres.address, 'torture')
    await seedPlant(db)
    await work(db, postgres)
  } finally {
    await postgres.remove()
  }
}
