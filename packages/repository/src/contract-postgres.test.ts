import { storeContract } from '@lotbook/domain/testing'
import { postgresUnderTest } from '../test/postgres-under-test.ts'

storeContract('the store on PostgreSQL', postgresUnderTest)
