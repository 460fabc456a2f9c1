import { storeContract } from '@lotbook/domain/testing'
import pg from 'pg'
import { afterAll, expect, vi } from 'vitest'
import { notPortable } from '../test/portable-sql.ts'
import { postgresUnderTest } from '../test/postgres-under-test.ts'

const sent = new Set<string>()
const query = Reflect.get(pg.Client.prototype, 'query') as (...given: unknown[]) => unknown
vi.spyOn(pg.Client.prototype, 'query').mockImplementation(function (this: pg.Client, ...given: unknown[]) {
  const [config] = given as [string | { readonly text: string }]
  sent.add(typeof config === 'string' ? config : config.text)
  return Reflect.apply(query, this, given)
})

storeContract('the store on PostgreSQL', postgresUnderTest)

// Every statement that the suite above had generated.
afterAll(() => {
  expect(sent.size).toBeGreaterThan(200)
  expect([...sent].flatMap((sql) => notPortable(sql).map((offence) => `${offence}: ${sql}`))).toEqual([])
})
