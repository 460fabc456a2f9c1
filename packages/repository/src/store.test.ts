import { storeContract } from '@lotbook/domain/testing'
import { inSqlite } from '../test/under-test.ts'

storeContract('the store in a SQLite file', inSqlite)
