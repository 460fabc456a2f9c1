import { storeContract } from '@lotbook/domain/testing'
import { underTest } from '../test/under-test.ts'

storeContract('the store on SQLite', underTest)
