import { storeContract } from '@lotbook/domain/testing'
import { afterAll, expect } from 'vitest'
import { notPortable } from '../test/portable-sql.ts'
import { postgresUnderTest } from '../test/postgres-under-test.ts'
import { hearStatements } from '../test/statements-sent.ts'

const sent = new Set<string>()
hearStatements((sql) => sent.add(sql))

storeContract('the store on PostgreSQL', postgresUnderTest)

// Every statement that the suite above had generated.
afterAll(() => {
  expect(sent.size).toBeGreaterThan(200)
  expect([...sent].flatMap((sql) => notPortable(sql).map((offence) => `${offence}: ${sql}`))).toEqual([])
})
