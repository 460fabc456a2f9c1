import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { draw } from '../plant.ts'
import { ask } from './asking.ts'
import { freePort, type Peer, startReady } from './peer.ts'

const admin = { identifier: 'admin', password: randomBytes(12).toString('hex') }
const variants = 100

const program = (port: number): string => `
import { bootstrap, DefaultLogger, LogLevel } from '@vendure/core'
await bootstrap({
  apiOptions: { hostname: '127.0.0.1', port: ${port}, adminApiPath: 'admin-api', shopApiPath: 'shop-api' },
  authOptions: {
    tokenMethod: ['bearer'],
    superadminCredentials: ${JSON.stringify(admin)},
    cookieOptions: { secret: ${JSON.stringify(admin.password)} },
  },
  dbConnectionOptions: { type: 'better-sqlite3', database: 'vendure.db', synchronize: true },
  paymentOptions: { paymentMethodHandlers: [] },
  logger: new DefaultLogger({ level: LogLevel.Error }),
})
`

interface Answer {
  readonly data?: Readonly<Record<string, { readonly id: string } & Readonly<Record<string, unknown>>>>
  readonly errors?: unknown
}

/** Asks by GraphQL; gives the one thing that was asked for. */
const asker = (url: string, token?: string) => async (query: string, variables: object) => {
  const { json, headers } = await ask(url, { query, variables }, token)
  const { data, errors } = json as Answer
  const [thing] = Object.values(data ?? {})
  if (errors !== undefined || thing === undefined) throw new Error(`${query}: ${JSON.stringify(errors)}`)
  return { thing, token: headers.get('vendure-auth-token') ?? '' }
}

/** Makes a product with so many variants, each in stock; gives their ids. */
const makeVariants = async (url: string, token: string): Promise<readonly string[]> => {
  const asks = asker(url, token)
  const make = async (query: string, variables: object = {}) => (await asks(query, variables)).thing
  const en = (name: string) => [{ languageCode: 'en', name }]
  const codes = Array.from({ length: variants }, (_, n) => `LOT-${n + 1}`)
  const zone = await make('mutation { createZone(input: { name: "All" }) { id } }')
  await make('mutation { createTaxCategory(input: { name: "None", isDefault: true }) { id } }')
  await make(
    'mutation ($zone: ID!) { updateChannel(input: { id: 1, defaultTaxZoneId: $zone, defaultShippingZoneId: $zone }) { __typename } }',
    { zone: zone.id },
  )
  const translations = [{ languageCode: 'en', name: 'Milk', slug: 'milk', description: '' }]
  const product = await make('mutation ($input: CreateProductInput!) { createProduct(input: $input) { id } }', {
    input: { translations },
  })
  const options = codes.map((code) => ({ code, translations: en(code) }))
  const group = await make(
    'mutation ($input: CreateProductOptionGroupInput!) { createProductOptionGroup(input: $input) { id options { id } } }',
    { input: { code: 'lot', translations: en('Lot'), options } },
  )
  await make('mutation ($p: ID!, $g: ID!) { addOptionGroupToProduct(productId: $p, optionGroupId: $g) { id } }', {
    p: product.id,
    g: group.id,
  })
  const input = (group['options'] as readonly { readonly id: string }[]).map(({ id }, n) => ({
    ...{ productId: product.id, sku: codes[n], optionIds: [id], stockOnHand: 1_000_000, trackInventory: 'TRUE' },
    translations: en(codes[n] ?? ''),
  }))
  const made: unknown = await make(
    'mutation ($input: [CreateProductVariantInput!]!) { createProductVariants(input: $input) { id } }',
    { input },
  )
  return (made as readonly { readonly id: string }[]).map(({ id }) => id)
}

/** A shop over a SQLite file: each write sets the stock of a variant, which leaves a stock adjustment. */
export const vendure: Peer = {
  name: 'vendure',
  packages: ['@vendure/core@3.7.3', 'better-sqlite3@12.11.1'],
  what: 'adjusts the stock of one of 100 variants, by GraphQL',
  durability: 'SQLite with its own defaults: a rollback journal, synced',
  start: async (folder) => {
    const port = await freePort()
    const address = `http://127.0.0.1:${port}`
    writeFileSync(join(folder, 'serve.mjs'), program(port))
    return startReady({ folder, args: ['serve.mjs'], url: `${address}/health` }, async () => {
      const url = `${address}/admin-api`
      const login =
        'mutation ($identifier: String!, $password: String!) { login(username: $identifier, password: $password) { __typename } }'
      const { token } = await asker(url)(login, admin)
      const ids = await makeVariants(url, token)
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }
      const query = 'mutation ($input: [UpdateProductVariantInput!]!) { updateProductVariants(input: $input) { id } }'
      let stockOnHand = 1_000_000
      const body = (): string => {
        stockOnHand -= 1
        return JSON.stringify({ query, variables: { input: [{ id: draw(ids), stockOnHand }] } })
      }
      // GraphQL answers 200 to what it refuses, so the first write is looked at.
      await asker(url, token)(query, { input: [{ id: ids[0], stockOnHand }] })
      return { url: address, next: () => ({ path: '/admin-api', headers, body: body() }) }
    })
  },
}
