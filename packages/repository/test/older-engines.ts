import { olderFile } from './older-file.ts'
import { olderPostgres } from './older-postgres.ts'
import { beside, newFile } from './plant.ts'
import { newPostgres, queryPostgres } from './postgres-under-test.ts'
import { querySqlite } from './under-test.ts'

/** Both engines, each with a way to a store as it was after so many migrations, without what `forget` deletes. */
export const olderEngines = (migrated: number, forget: string) =>
  [
    {
      engine: 'SQLite',
      place: async () => newFile(),
      older: async (file: string) => {
        const older = olderFile(file, migrated)
        beside(older).exec(forget)
        return older
      },
      query: querySqlite,
    },
    {
      engine: 'PostgreSQL',
      place: newPostgres,
      older: async (address: string) => {
        const older = await olderPostgres(address, migrated)
        await queryPostgres(older, forget)
        return older
      },
      query: queryPostgres,
    },
  ] as const
