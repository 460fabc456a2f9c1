import { DuplicateName, NotFound, showUlid } from '@lotbook/domain'
import { describe, expect, it } from 'vitest'
import { done, dump, newFile, open, refused } from '../../test/plant.ts'

const now = Date.UTC(2026, 10, 23)
const key = {
  name: 'scanner',
  grants: ['INVENTORY.READ', 'INVENTORY.WRITE'],
  expires: null,
  createdBy: 'ada',
  now,
} as const

const stage = async () => {
  const file = newFile()
  const { keys } = await open({ filename: file })
  return { file, keys }
}

describe('API keys', () => {
  it('are found by their secret', async () => {
    const { keys } = await stage()
    const { id, secret } = await done(keys.create(key))
    expect(secret).toMatch(/^lb_[\w-]{43}$/)
    expect(await done(keys.find(secret))).toEqual({ id, name: 'scanner', grants: key.grants })
    expect(await done(keys.find(`${secret}x`))).toBe('unknown')
    expect(await done(keys.find(secret.toUpperCase()))).toBe('unknown')
    expect(await done(keys.count())).toBe(1)
  })

  it('are kept as digests only', async () => {
    const { file, keys } = await stage()
    const { secret } = await done(keys.create(key))
    expect(JSON.stringify(dump(file))).not.toContain(secret.slice(3))
    expect(await done(keys.list())).toMatchObject([{ name: 'scanner', createdBy: 'ada', revokedDate: null }])
    expect(JSON.stringify(await done(keys.list()))).not.toContain('hash')
  })

  it('end when they expire', async () => {
    const { keys } = await stage()
    const { secret } = await done(keys.create({ ...key, expires: now + 1000 }))
    expect(await done(keys.find(secret, now + 999))).toMatchObject({ name: 'scanner' })
    expect(await done(keys.find(secret, now + 1000))).toBe('expired')
  })

  it('end when they are revoked, by name or id; the name is free again then', async () => {
    const { keys } = await stage()
    const first = await done(keys.create(key))
    expect(await refused(keys.create(key))).toEqual(
      new DuplicateName({ kind: 'API key', name: 'scanner', existingId: showUlid(first.id) }),
    )
    const by = { actor: 'ben', now }
    expect(await done(keys.revoke('scanner', by))).toMatchObject({ id: first.id, revokedBy: 'ben', revokedDate: now })
    expect(await done(keys.find(first.secret))).toBe('revoked')
    const second = await done(keys.create(key))
    expect(await done(keys.revoke(showUlid(second.id).toLowerCase(), by))).toMatchObject({ id: second.id })
    expect(await done(keys.count())).toBe(0)
    expect(await refused(keys.revoke('scanner', by))).toBeInstanceOf(NotFound)
  })

  it('may have a secret that the caller brings along', async () => {
    const { keys } = await stage()
    const { secret } = await done(keys.createWithSecret({ ...key, secret: 'lb_of-the-administrator' }))
    expect(await done(keys.find(secret))).toMatchObject({ name: 'scanner' })
  })

  it('leave their changes in the change table', async () => {
    const { file, keys } = await stage()
    await done(keys.create(key))
    await done(keys.revoke('scanner', { actor: 'ben', now }))
    expect(dump(file)['change_log']).toMatchObject([
      { entity: 'api key', field: 'name', to_value: '"scanner"', changed_by: 'ada' },
      { entity: 'api key', field: 'grants', to_value: '"INVENTORY.READ INVENTORY.WRITE"' },
      { entity: 'api key', field: 'expires', to_value: 'null' },
      { entity: 'api key', field: 'revoked', from_value: 'false', to_value: 'true', changed_by: 'ben' },
    ])
  })
})
