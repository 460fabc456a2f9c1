import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { adminKey } from './client.ts'
import { beginOn, type Folder, lotbook, makeFolder, startServer } from './program.ts'

let folder: Folder
let db: string

beforeAll(async () => {
  folder = makeFolder()
  db = folder.file('plant.db')
  beginOn('2026-11-23')
  await lotbook(['seed', '--now', '2026-11-23', '--db', db])
})
afterAll(() => folder.remove())

const json = async (...args: readonly string[]): Promise<unknown> => {
  const { code, stdout, stderr } = await lotbook([...args, '--json', '--db', db])
  expect(code, stderr).toBe(0)
  return JSON.parse(stdout)
}

describe('plain output', () => {
  it('prints tables on stdout, and what is said beside them on stderr', async () => {
    expect(await lotbook(['lots', 'BUTTER', '--on-hand', '--db', db])).toEqual({
      code: 0,
      stdout: [
        'LOT                STATUS     ON HAND  EXPIRES     MATERIAL',
        'BUTTER-2026-10-22  AVAILABLE    80 kg  2026-12-14  Dairy/Butter',
        'BUTTER-2026-10-29  AVAILABLE    35 kg  2026-12-28  Dairy/Butter',
        'BUTTER-2026-11-05  AVAILABLE    40 kg  2027-01-04  Dairy/Butter',
        'BUTTER-2026-11-12  AVAILABLE    40 kg  2027-01-11  Dairy/Butter',
        'BUTTER-2026-11-19  OPEN       1040 kg  2027-01-18  Dairy/Butter',
        '',
      ].join('\n'),
      stderr: '',
    })
    const records = await lotbook(['records', '--limit', '1', '--db', db])
    expect(records.stdout.split('\n')[0]).toMatch(/^WHEN \(UTC\) +WHAT +LOT/u)
    expect(records.stderr).toMatch(/^there is more: --cursor \S+\n$/u)
    expect((await lotbook(['stock', 'Dairy/Packing', '--db', db])).stdout).toContain('WRAP-2026-10-12')
    expect((await lotbook(['status', '--db', db])).stdout).toContain(db)
    const lot = await lotbook(['lot', 'SALT-2026-11-01', '--db', db])
    expect(lot.stdout).toMatch(/^status {4}QA_HOLD$/mu)
    expect(lot.stdout).toMatch(/^ {2}consume: .*Release it first/mu)
  })

  it('prints what the ledger answers with --json', async () => {
    expect(await json('lots', '--status', 'QA_HOLD')).toMatchObject({
      items: [{ name: 'SALT-2026-11-01', onHand: 1000 }],
      next: null,
    })
    expect(await json('lot', 'SALT-2026-11-01')).toMatchObject({ lot: { status: 'QA_HOLD' }, stock: [{}], actions: {} })
    expect(await json('records', '--lot', 'SALT-2026-11-01', '--type', 'receive')).toMatchObject({
      items: [{ lotRecordType: 'RECEIVE', quantity: 1000 }],
    })
    expect(await json('stock', '--lot', 'SALT-2026-11-01', '--as-of', '2026-01-01T00:00:00Z')).toEqual({
      items: [],
      next: null,
    })
  })

  it.each([
    [2, '--status must be one of', ['lots', '--status', 'odd']],
    [2, 'NAME is missing', ['lot']],
    [2, '--url and --db cannot both be given\n', ['lots', '--url', 'http://127.0.0.1:9']],
    [4, 'no lot has the id or name nothing', ['lot', 'nothing']],
    [4, 'no location has the id or name Nowhere', ['stock', 'Nowhere']],
  ])('ends with %d and says %s', async (code, words, args) => {
    expect(await lotbook([...args, '--db', db])).toMatchObject({
      code,
      stdout: '',
      stderr: expect.stringContaining(words),
    })
  })

  it('reads from a server as well, within the rights of the key', async () => {
    const server = await startServer(['serve', '--db', db], { env: { LOTBOOK_ADMIN_KEY: adminKey } })
    const { url } = server
    const local = await lotbook(['lots', '--db', db])
    expect(await lotbook(['lots', '--url', url], { LOTBOOK_KEY: adminKey })).toEqual(local)
    expect(await lotbook(['lots', '--url', url])).toMatchObject({ code: 2, stdout: '' })
    expect(await lotbook(['lots', '--url', url], { LOTBOOK_KEY: 'lb_wrong' })).toMatchObject({ code: 6, stdout: '' })
    const { stdout: secret } = await lotbook(['keys', 'create', 'w', '--grant', 'INVENTORY.WRITE', '--db', db])
    expect(await lotbook(['lots', '--url', url], { LOTBOOK_KEY: secret.trim() })).toMatchObject({ code: 3, stdout: '' })
    for (const form of [[], ['--csv'], ['--json']]) {
      const trace = ['trace', 'BUTTER-2026-10-22', '--material', 'Dairy/Butter', '--direction', 'ancestors', ...form]
      const here = await lotbook([...trace, '--db', db])
      expect(here).toMatchObject({ code: 0, stdout: expect.stringContaining('CREAM-2026-10-19') })
      expect(await lotbook([...trace, '--url', url], { LOTBOOK_KEY: adminKey })).toEqual(here)
      expect(await lotbook([...trace, '--url', url, '--db', db], { LOTBOOK_KEY: adminKey })).toMatchObject({ code: 2 })
    }
    expect(await lotbook(['trace', 'NONE', '--url', url], { LOTBOOK_KEY: adminKey })).toMatchObject({ code: 4 })
    await server.kill('SIGTERM')
    expect(await lotbook(['lots', '--url', url], { LOTBOOK_KEY: adminKey })).toMatchObject({ code: 6, stdout: '' })
  })

  it('opens no screen where there is none', async () => {
    expect(await lotbook(['terminal', '--db', db])).toMatchObject({ code: 2, stdout: '' })
    expect(await lotbook([])).toMatchObject({ code: 2 })
  })
})
