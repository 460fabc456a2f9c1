import { describe, expect, it, onTestFinished } from 'vitest'
import { done, open } from '../../test/plant.ts'
import { newPostgres } from '../../test/postgres-under-test.ts'
import { statementsSent } from '../../test/statements-sent.ts'

const now = Date.UTC(2026, 10, 23)
const key = (name: string) => ({ name, grants: ['INVENTORY.READ'], expires: null, createdBy: 'ada', now }) as const

const stage = async () => {
  const filename = await newPostgres()
  const { keys } = await open({ filename })
  const [one, other] = [await done(keys.create(key('one'))), await done(keys.create(key('other')))]
  return { filename, keys, one, other }
}

describe('keys that are looked up at once on PostgreSQL', () => {
  it('are found with one statement for each', async () => {
    const { keys, one, other } = await stage()
    const { texts, end } = statementsSent()
    onTestFinished(end)
    const secrets = Array.from({ length: 30 }, (_, index) => [one.secret, other.secret, 'nobody'][index % 3] as string)
    const found = await Promise.all(secrets.map((secret) => done(keys.find(secret))))
    expect(found).toEqual(
      secrets.map(
        (_, index) =>
          [expect.objectContaining({ id: one.id }), expect.objectContaining({ id: other.id }), 'unknown'][index % 3],
      ),
    )
    expect(texts.length).toBe(3)
  })

  it('are refused once they are revoked elsewhere, also while others are being looked up', async () => {
    const { filename, keys, one } = await stage()
    const elsewhere = await open({ filename })
    let revoked = false
    const late: unknown[] = []
    const asking = Array.from({ length: 8 }, async () => {
      for (;;) {
        const since = revoked
        const found = await done(keys.find(one.secret))
        if (since) return late.push(found)
      }
    })
    await done(elsewhere.keys.revoke(one.id, { actor: 'ada', now }))
    revoked = true
    await Promise.all(asking)
    expect(late).toEqual(Array(8).fill('revoked'))
  })

  it('are told that the store is closed', async () => {
    const filename = await newPostgres()
    const { keys, close } = await open({ filename })
    const asked = [done(keys.find('a')), done(keys.find('b'))]
    const closing = close()
    for (const one of await Promise.allSettled(asked))
      expect(one).toMatchObject({ status: 'rejected', reason: { reason: 'the store is closed' } })
    await closing
  })
})
