import { newDatabase, type PostgresServer, startPostgres } from '@lotbook/repository/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { document, documented } from './contract.ts'
import { type Harness, makeHarness, makeTestPlant } from './harness.ts'

let server: PostgresServer
let inMemory: Harness
let onPostgres: Harness
let lot: string

beforeAll(async () => {
  server = await startPostgres()
  inMemory = await makeHarness()
  onPostgres = await makeHarness({}, await newDatabase(server.address, 'strange'))
  await makeTestPlant(inMemory)
  lot = (await makeTestPlant(onPostgres)).lot
})
afterAll(async () => {
  await inMemory.close()
  await onPostgres.close()
  await server.remove()
})

// A character that a database may not take, half a character, and more than any name has.
const strange = ['%00', 'Plant%00', '%ED%A0%80', 'x'.repeat(1_000_000)]
const inPath = /\{\w+\}/gu

const queryOf = (parameters: (typeof documented)[number]['operation']['parameters']): readonly string[] =>
  parameters
    .map((parameter) => {
      const named = parameter.$ref?.split('/').at(-1)
      return named === undefined ? parameter : (document.components['parameters']?.[named] as typeof parameter)
    })
    .filter(({ in: place }) => place === 'query')
    .map(({ name }) => name)

it('is found nowhere on either engine, and is never a fault of the server, in any parameter', async () => {
  const wrong: string[] = []
  let sent = 0
  for (const { path, method, operation } of documented)
    for (const value of strange) {
      const queries = queryOf(operation.parameters).map((name) => `${path.replaceAll(inPath, 'A')}?${name}=${value}`)
      for (const address of path.includes('{') ? [path.replaceAll(inPath, value), ...queries] : queries) {
        const expected = (await inMemory.send(address, { method })).status
        const { status } = await onPostgres.send(address, { method })
        sent += 1
        if (status !== expected || status >= 500) wrong.push(`${method} ${address.slice(0, 100)}: ${status}`)
      }
    }
  expect(wrong).toEqual([])
  expect(sent).toBeGreaterThan(500)
})

it('is not found beside the id of a lot that is there', async () => {
  const path = '/v1/inventory/get-lot-by-id-or-name-and-material'
  for (const value of strange) {
    const { status } = await onPostgres.send(`${path}?lotIdOrName=${lot}&materialIdOrPath=${value}`)
    expect(status, value.slice(0, 20)).toBeLessThan(500)
  }
})
