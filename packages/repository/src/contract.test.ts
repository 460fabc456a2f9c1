import { storeContract } from '@lotbook/domain/testing'
import { inSqliteMemory } from '../test/under-test.ts'

storeContract('the store on SQLite', inSqliteMemory)
