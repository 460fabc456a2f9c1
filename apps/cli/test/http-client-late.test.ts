import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { makeHttpInventory } from '@lotbook/http-client'
import { Effect } from 'effect'
import { describe, expect, it, onTestFinished } from 'vitest'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

describe('a server that takes a request and never answers', () => {
  it('is given up when its time is over, though the client has collected its garbage meanwhile', async () => {
    // What the client does not hold on to is gone before its time is over.
    const silent = createServer(() => collect())
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => {
      silent.closeAllConnections()
      silent.close()
    })
    const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`
    const inventory = makeHttpInventory({ url, key: 'secret', timeout: 200, pauses: [1, 1], now: () => 0 })
    const ended = Effect.runPromise(
      Effect.flip(inventory.getLot('01JE6F0CE9-T94PZD8R-TH9J01TJ', { actor: 'me', grants: [] })),
    )
    expect(await ended).toMatchObject({ _tag: 'StorageUnavailable', reason: `${url} did not answer within 0.2 s` })
  })
})
