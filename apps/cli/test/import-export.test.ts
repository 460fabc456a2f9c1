import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeImportFile } from '../torture/import-file.ts'
import { type Folder, lotbook, makeFolder, program } from './program.ts'

let folder: Folder
beforeAll(() => {
  folder = makeFolder()
})
afterAll(() => folder.remove())

const db = (name: string) => ['--db', folder.file(`${name}.db`)]
const write = (name: string, text: string): string => {
  writeFileSync(folder.file(name), text)
  return folder.file(name)
}
const exported = async (name: string, ...args: readonly string[]): Promise<string> =>
  (await lotbook(['export', ...args, ...db(name)])).stdout

describe('lotbook export and import --restore', () => {
  it('carry the sample plant over, to the last hash and the last byte', async () => {
    await lotbook(['seed', ...db('seeded')])
    const archive = folder.file('plant.ndjson')
    expect(await lotbook(['export', archive, ...db('seeded')])).toMatchObject({ code: 0 })
    const restored = await lotbook(['import', archive, '--restore', ...db('restored')])
    const checkpoint = (await lotbook(['checkpoint', ...db('seeded')])).stdout
    expect(restored).toMatchObject({ code: 0, stdout: checkpoint })
    expect((await lotbook(['checkpoint', ...db('restored')])).stdout).toBe(checkpoint)
    expect(await lotbook(['verify', ...db('restored')])).toMatchObject({ code: 0 })
    expect(await exported('restored')).toBe(readFileSync(archive, 'utf8'))

    const again = await lotbook(['import', archive, '--restore', ...db('restored')])
    expect(again).toMatchObject({ code: 2, stderr: expect.stringContaining('not empty') })
    expect((await lotbook(['checkpoint', ...db('restored')])).stdout).toBe(checkpoint)
  })

  it('leave a ledger that refuses to be used where the archive was tampered with, until it is restored again', async () => {
    await lotbook(['seed', ...db('honest')])
    const lines = (await exported('honest')).split('\n').slice(0, -2)
    const seal = (text: string) => {
      const sha256 = createHash('sha256').update(text).digest('hex')
      return `${text}${JSON.stringify({ kind: 'end', lines: lines.length, sha256 })}\n`
    }
    const honest = `${lines.join('\n')}\n`
    const tampered = write(
      'tampered.ndjson',
      seal(honest.replace(/"status":"AVAILABLE","totalQuantity"/u, '"status":"OPEN","totalQuantity"')),
    )
    expect(await lotbook(['import', tampered, '--restore', ...db('poor')])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('its entries make it AVAILABLE'),
    })
    for (const command of [['verify'], ['export'], ['serve']])
      expect(await lotbook([...command, ...db('poor')])).toMatchObject({
        code: 6,
        stderr: expect.stringContaining('restore again'),
      })
    expect(await lotbook(['import', write('honest.ndjson', seal(honest)), '--restore', ...db('poor')])).toMatchObject({
      code: 0,
    })
    expect(await exported('poor')).toBe(await exported('honest'))
  })
})

/** Kills an import once it has written some more; says whether it was still at work. */
const killedWhileImporting = async (file: string, filename: string): Promise<boolean> => {
  const written = () => statSync(`${filename}-wal`, { throwIfNoEntry: false })?.size ?? 0
  const before = written()
  const child = spawn(process.execPath, [program, 'import', file, '--db', filename], { stdio: 'ignore' })
  const watching = setInterval(() => {
    if (written() > before + 1_000_000) child.kill('SIGKILL')
  }, 1)
  const [code] = (await once(child, 'close')) as [number | null]
  clearInterval(watching)
  return code === null
}

describe('lotbook import', () => {
  it('killed with -9 and begun again comes to what it would have come to', async () => {
    const file = folder.file('many.ndjson')
    const { rows, records } = await writeImportFile(file, 2_000)
    const whole = await lotbook(['import', file, ...db('whole')])
    let kills = 0
    for (let round = 0; round < 3; round++) if (await killedWhileImporting(file, folder.file('killed.db'))) kills += 1
    expect(kills).toBeGreaterThan(0)
    const resumed = await lotbook(['import', file, ...db('killed')])
    expect(resumed.stdout).toBe(whole.stdout)
    expect(resumed.stdout).toBe(`${rows} rows: ${rows} saved, 0 already there, 0 refused\n`)
    expect((await lotbook(['verify', ...db('killed')])).stdout).toContain(`all fits: ${records} records`)
    const stock = async (name: string) =>
      (await exported(name, '--kind', 'stock', '--format', 'csv'))
        .split('\r\n')
        .map((line) => line.split(',').slice(0, 6))
    expect(await stock('killed')).toEqual(await stock('whole'))
    const again = await lotbook(['import', file, ...db('killed')])
    expect(again).toMatchObject({ code: 0, stdout: whole.stdout, stderr: expect.stringContaining('imported before') })
  })

  it('says what is wrong with the command line and the file', async () => {
    const csv = write('wrong.csv', 'symbol,colour\nkg,red\n')
    expect(await lotbook(['import', csv, '--kind', 'unit', ...db('wrong')])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('“colour”'),
    })
    expect(await lotbook(['import', csv, ...db('wrong')])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--kind'),
    })
    expect(await lotbook(['import', folder.file('none.csv'), '--kind', 'unit', ...db('wrong')])).toMatchObject({
      code: 4,
    })
  })
})
