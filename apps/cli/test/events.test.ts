import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeClient } from './client.ts'
import { bothFollowBoth, follow, serveSample } from './following.ts'
import { type Folder, makeFolder } from './program.ts'
import { findPlaces, makeWrite } from './writers.ts'

let folder: Folder
beforeAll(() => {
  folder = makeFolder()
})
afterAll(() => folder.remove())

describe('a stream of events', () => {
  it('is ended, not cut off, when its server is asked to stop', async () => {
    const server = await serveSample(':memory:')
    const [idle, used] = [await follow(server.url), await follow(server.url)]
    const client = makeClient(server.url)
    const { status, body } = await client.post('/v1/lot-records', makeWrite(await findPlaces(client), 1).request)
    expect(status).toBe(201)
    expect(await used.next()).toBe(body['sequence'])
    const stopped = server.kill('SIGTERM')
    expect(await idle.next()).toBe(body['sequence'])
    expect(await Promise.all([idle.next(), used.next()])).toEqual([undefined, undefined])
    expect(await stopped).toMatchObject({ code: 0, stderr: '' })
  })

  it('shows what another process writes to the same file, all of it and in order', async () => {
    await bothFollowBoth(folder.file('followed.db'))
  })
})
