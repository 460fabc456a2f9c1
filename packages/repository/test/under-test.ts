import { rmSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Policy } from '@lotbook/domain'
import type { StoreUnderTest } from '@lotbook/domain/testing'
import { openStore } from '../src/open-store.ts'
import { dump, newFolder } from './plant.ts'

/** A store in a SQLite file of its own, for the domain's suites. */
export const inSqlite = async (policy: Policy = 'standard'): Promise<StoreUnderTest> => {
  const filename = `${newFolder()}/plant.db`
  const { store, close } = await openStore({ filename, policy })
  return {
    store,
    dump: () => dump(filename),
    close: async () => {
      await close()
      rmSync(dirname(filename), { recursive: true, force: true })
    },
  }
}

/** A store in a SQLite database that is never written to a disk: for suites that ask much of it. */
export const inSqliteMemory = async (policy: Policy = 'standard'): Promise<StoreUnderTest> => {
  const { store, close } = await openStore({ filename: ':memory:', policy })
  return { store, close }
}
