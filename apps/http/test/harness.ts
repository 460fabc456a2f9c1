import {
  type Checkpoint,
  type Grant,
  type LocalInventory,
  makeInventory,
  makeUlidSource,
  makeWebhooks,
  type Store,
} from '@lotbook/domain'
import { type KeyStore, openStore } from '@lotbook/repository'
import { Effect } from 'effect'
import { type AppOptions, makeApp } from '../src/app.ts'
import type { LogEntry } from '../src/log.ts'
import { makeTransfer, type Transfer } from '../src/transfer.ts'
import { offencesOf } from './contract.ts'

/** The moment at which tests happen, until they move it. */
export const testNow = Date.UTC(2026, 10, 23, 8)

/** What a test sends. */
export interface Send {
  readonly method?: string
  /** Sent as JSON. */
  readonly json?: unknown
  /** Sent as it is. */
  readonly body?: string | Uint8Array<ArrayBuffer>
  readonly headers?: Readonly<Record<string, string>>
  /** The secret to send; null for none. By default that of a key which may do everything. */
  readonly secret?: string | null
}

/** What came back. */
export interface Got {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The parsed body; undefined where it is not JSON. */
  readonly body: Record<string, unknown>
  /** The `id` in the body, where there is one. */
  readonly id: string
}

/** An app over a real store, in memory unless a file is named, with a key that may do everything. */
export interface Harness {
  readonly app: ReturnType<typeof makeApp>
  /** Sends a request. An answer that is not as the OpenAPI document says fails the test. */
  readonly send: (path: string, send?: Send) => Promise<Got>
  readonly inventory: LocalInventory
  readonly store: Store
  readonly transfer: Transfer
  readonly keys: KeyStore
  /** Makes a key with these rights and gives its secret. */
  readonly key: (name: string, grants: readonly Grant[], expires?: number | null) => Promise<string>
  /** The end of the chain: equal exactly when no version was written in between. */
  readonly head: () => Promise<Checkpoint>
  readonly clock: { now: number }
  readonly logged: LogEntry[]
  readonly close: () => Promise<void>
}

const isJson = (type: string | null): boolean => type !== null && /[/+]json/u.test(type)

/** Builds the app for a test. */
export const makeHarness = async (change: Partial<AppOptions> = {}, filename = ':memory:'): Promise<Harness> => {
  const open = await openStore({ filename })
  const { store, keys, webhooks, close } = open
  const clock = { now: testNow }
  const logged: LogEntry[] = []
  const newUlid = makeUlidSource()
  const inventory = makeInventory({ store, now: () => clock.now, newUlid })
  const transfer = makeTransfer(open, { now: () => clock.now, newUlid })
  const app = makeApp({
    inventory,
    keys,
    webhooks: makeWebhooks({ webhooks, now: () => clock.now, newUlid }),
    transfer,
    ready: store.checkpoint,
    checkpoint: store.checkpoint,
    now: () => clock.now,
    log: (entry) => {
      logged.push(entry)
    },
    ...change,
  })
  const key: Harness['key'] = async (name, grants, expires = null) => {
    const made = await Effect.runPromise(keys.create({ name, grants, expires, createdBy: 'test', now: clock.now }))
    return made.secret
  }
  const everything = await key('admin', ['INVENTORY'])

  const send: Harness['send'] = async (path, { method, json, body, headers = {}, secret = everything } = {}) => {
    const sent = json === undefined ? body : JSON.stringify(json)
    const verb = method ?? (sent === undefined ? 'GET' : 'POST')
    const response = await app.request(path, {
      method: verb,
      headers: {
        ...(secret !== null && { Authorization: `Bearer ${secret}` }),
        ...(sent !== undefined && { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(sent !== undefined && { body: sent }),
    })
    const isStream = response.headers.get('content-type') === 'text/event-stream'
    if (isStream) await response.body?.cancel()
    const text = isStream ? '' : await response.text()
    const offences = offencesOf(verb, path, { status: response.status, headers: response.headers, text })
    if (offences.length > 0) throw new Error(offences.join('\n'))
    const parsed: unknown = text !== '' && isJson(response.headers.get('content-type')) ? JSON.parse(text) : {}
    const value = parsed as Record<string, unknown>
    return { status: response.status, headers: response.headers, text, body: value, id: String(value['id']) }
  }
  const head = () => Effect.runPromise(store.checkpoint())
  return { app, send, inventory, store, transfer, keys, key, head, clock, logged, close }
}

/** Master data and a lot with stock, for tests that need something to be there. */
export interface TestPlant {
  readonly unit: string
  readonly material: string
  readonly dock: string
  readonly cellar: string
  /** AVAILABLE, 100 kg at the dock. */
  readonly lot: string
  /** The record that received it. */
  readonly receipt: string
}

/** Sets the plant up over HTTP. */
export const makeTestPlant = async ({ send }: Harness): Promise<TestPlant> => {
  const made = async (path: string, json: unknown): Promise<string> => {
    const { status, body, text } = await send(path, { json })
    if (status !== 201) throw new Error(`${path} answered ${status}: ${text}`)
    return String(body['id'])
  }
  const unit = await made('/v1/units', { name: 'kilogram', symbol: 'kg' })
  const material = await made('/v1/materials', { path: 'Raw/Sugar', unitOfMeasureSymbol: 'kg' })
  const dock = await made('/v1/locations', { path: 'Plant/Dock' })
  const cellar = await made('/v1/locations', { path: 'Plant/Cellar' })
  const lot = await made('/v1/lots', { name: 'S-1', materialId: material })
  await made('/v1/inventory/change-status', { lotId: lot, newStatus: 'AVAILABLE' })
  const receipt = await made('/v1/lot-records', {
    lotRecordType: 'RECEIVE',
    inventoryLotId: lot,
    status: 'COMPLETED',
    quantity: 100,
    destinationLocationId: dock,
  })
  return { unit, material, dock, cellar, lot, receipt }
}
