import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { adminKey, makeClient } from './client.ts'
import { type Folder, lotbook, makeFolder, startServer } from './program.ts'

const someDay = '2026-01-31'
let folder: Folder
let seeded: string
let checkpoint: string

beforeAll(async () => {
  folder = makeFolder()
  seeded = folder.file('seeded.db')
  checkpoint = (await lotbook(['seed', '--now', someDay, '--db', seeded])).stdout.trim()
})
afterAll(() => folder.remove())

const copyOf = (name: string): string => {
  // The program has closed the file, so that all of it is in one place.
  expect(existsSync(`${seeded}-wal`)).toBe(false)
  const copy = folder.file(name)
  writeFileSync(copy, readFileSync(seeded))
  return copy
}

describe('lotbook seed', () => {
  it('gives the same ledger for the same day', async () => {
    const other = await lotbook(['seed', '--now', `${someDay}T17:00:00Z`, '--db', folder.file('same.db')])
    expect(other).toMatchObject({ code: 0, stdout: `${checkpoint}\n` })
    expect(checkpoint).toMatch(/^301:[0-9a-f]{64}$/u)
  })
})

describe('lotbook verify', () => {
  it('finds nothing wrong with the sample plant, and prints its checkpoint', async () => {
    const { code, stdout, stderr } = await lotbook(['verify', '--db', seeded])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain('all fits: 300 records in 301 versions, 40 lots')
    expect(stdout).toContain(checkpoint)
  })

  it('ends with 1 and names the record when one byte of a version has changed', async () => {
    const file = copyOf('tampered.db')
    const bytes = readFileSync(file)
    const at = bytes.indexOf('"notes":"Weighbridge slip read again"')
    expect(at).toBeGreaterThan(0)
    const id = /"id":"(\w{26})"/u.exec(bytes.subarray(bytes.lastIndexOf('{"record":', at), at).toString('latin1'))?.[1]
    bytes.write('w', at + '"notes":"'.length)
    writeFileSync(file, bytes)
    const { code, stdout } = await lotbook(['verify', '--db', file])
    expect(code).toBe(1)
    expect(stdout.split('\n')[0]?.replaceAll('-', '')).toContain(`the first that does not fit: ${id}`)
    const asJson = await lotbook(['verify', '--json', '--db', file])
    expect(asJson.code).toBe(1)
    expect(JSON.parse(asJson.stdout)).toMatchObject({
      mismatches: expect.arrayContaining([expect.objectContaining({ sequence: expect.any(Number) })]),
    })
  })

  it('accepts a kept checkpoint, as a word or in a file, also when the ledger has grown since', async () => {
    const grown = copyOf('grown.db')
    const [asWord, asJson] = [folder.file('checkpoint.txt'), folder.file('checkpoint.json')]
    writeFileSync(asWord, (await lotbook(['checkpoint', '--db', grown])).stdout)
    writeFileSync(asJson, (await lotbook(['checkpoint', '--json', '--db', grown])).stdout)
    const server = await startServer(['serve', '--db', grown], { env: { LOTBOOK_ADMIN_KEY: adminKey } })
    const request = { lotId: '01JJCQEJYG-E31FHVTF-JB6WEJTC', newStatus: 'AVAILABLE' }
    expect((await makeClient(server.url).post('/v1/inventory/change-status', request)).status).toBe(201)
    expect(await server.kill('SIGTERM')).toMatchObject({ code: 0 })
    for (const against of [checkpoint, asWord, asJson])
      expect(await lotbook(['verify', '--against', against, '--db', grown])).toMatchObject({ code: 0 })
    expect((await lotbook(['checkpoint', '--db', grown])).stdout).toMatch(/^302:/u)
  })

  it('finds a ledger that was rewritten as a whole, by a checkpoint kept elsewhere', async () => {
    const rewritten = folder.file('rewritten.db')
    await lotbook(['seed', '--now', '2026-02-01', '--db', rewritten])
    expect(await lotbook(['verify', '--db', rewritten])).toMatchObject({ code: 0 })
    const { code, stdout } = await lotbook(['verify', '--against', checkpoint, '--db', rewritten])
    expect(code).toBe(1)
    expect(stdout).toContain('checkpoint')
  })
})
