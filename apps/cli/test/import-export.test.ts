import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
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
    const notEmpty = `lotbook: cannot restore ${archive} into ${folder.file('restored.db')}: the store is not empty`
    expect(again).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(notEmpty) })
    expect((await lotbook(['checkpoint', ...db('restored')])).stdout).toBe(checkpoint)
  })

  it('know a full export from rows, and make and change nothing where they get the other', async () => {
    await lotbook(['seed', ...db('whole-plant')])
    const archive = folder.file('whole-plant.ndjson')
    await lotbook(['export', archive, ...db('whole-plant')])
    const before = await exported('whole-plant')
    for (const name of ['whole-plant', 'not-made']) {
      expect(await lotbook(['import', archive, '--refused', folder.file('none.ndjson'), ...db(name)])).toEqual({
        code: 2,
        stdout: '',
        stderr: `lotbook: the file is a full export, not rows: restore it (--restore, or mode=restore over HTTP) into a ledger that is empty or not there yet\n`,
      })
      const rows = write('rows.ndjson', '{"kind":"unit","symbol":"kg","name":"kilogram"}\n')
      expect(await lotbook(['import', rows, '--restore', ...db(name)])).toEqual({
        code: 2,
        stdout: '',
        stderr: `lotbook: the file is no full export: rows are imported without --restore, over HTTP without mode=restore\n`,
      })
    }
    expect(await exported('whole-plant')).toBe(before)
    expect(existsSync(folder.file('not-made.db'))).toBe(false)
    expect(existsSync(folder.file('none.ndjson'))).toBe(false)
  })

  it.each(['export', 'epcis export'])('%s never writes over a file, least of all over the ledger', async (words) => {
    const command = words.split(' ')
    const ledger = `kept-${command.join('-')}`
    await lotbook(['seed', ...db(ledger)])
    const file = folder.file(`${ledger}.db`)
    const before = readFileSync(file)
    const refused = { code: 3, stdout: '', stderr: `lotbook: ${file} exists already: name another file\n` }
    expect(await lotbook([...command, file, ...db(ledger)])).toEqual(refused)
    expect(readFileSync(file).equals(before)).toBe(true)
    const nowhere = folder.file('nowhere/plant.ndjson')
    const noFolder = `lotbook: cannot write ${nowhere}: its folder does not exist\n`
    expect(await lotbook([...command, nowhere, ...db(ledger)])).toEqual({ code: 2, stdout: '', stderr: noFolder })
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
        stdout: '',
        stderr: expect.stringContaining('restore again'),
      })
    expect(await lotbook(['import', write('honest.ndjson', seal(honest)), '--restore', ...db('poor')])).toMatchObject({
      code: 0,
    })
    expect(await exported('poor')).toBe(await exported('honest'))
  })
})

/** Begins an import that is killed once it has written some more; says how it ended. */
const killWhileImporting = async (file: string, filename: string): Promise<string | null> => {
  // It looks itself, between two of its own steps: another process might look too late.
  const script = `import { statSync } from 'node:fs'
const written = () => statSync(${JSON.stringify(`${filename}-wal`)}, { throwIfNoEntry: false })?.size ?? 0
const before = written()
setInterval(() => written() > before + 300_000 && process.kill(process.pid, 'SIGKILL'), 1).unref()`
  const env = { ...process.env, NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(script)}` }
  const child = spawn(process.execPath, [program, 'import', file, '--db', filename], { env, stdio: 'ignore' })
  const [, signal] = (await once(child, 'close')) as [number | null, string | null]
  return signal
}

describe('lotbook import --restore, killed with -9', () => {
  it('leaves a ledger that says it is unfinished, and is restored again', async () => {
    const file = folder.file('large.ndjson')
    await writeImportFile(file, 3_000)
    await lotbook(['import', file, ...db('large')])
    const archive = folder.file('large-archive.ndjson')
    await lotbook(['export', archive, ...db('large')])
    const filename = folder.file('torn.db')
    // The archive comes through a pipe that stays open: the restore is in the middle for as long as the test likes.
    const child = spawn(process.execPath, [program, 'import', '-', '--restore', '--db', filename])
    const text = readFileSync(archive, 'utf8')
    // Taken in but for what pipes hold: the restore is in the middle.
    await new Promise((resolve) => child.stdin.write(text.slice(0, text.length / 2), resolve))
    child.kill('SIGKILL')
    await once(child, 'close')
    for (const command of [['verify'], ['export'], ['import', file]])
      expect(await lotbook([...command, ...db('torn')])).toMatchObject({
        code: 6,
        stderr: expect.stringContaining('restore again'),
      })
    const restored = await lotbook(['import', archive, '--restore', ...db('torn')])
    expect(restored).toMatchObject({ code: 0, stdout: (await lotbook(['checkpoint', ...db('large')])).stdout })
    expect(await exported('torn')).toBe(text)
  })
})

describe('lotbook import', () => {
  it('killed with -9 and begun again comes to what it would have come to', async () => {
    const file = folder.file('many.ndjson')
    const { rows, records } = await writeImportFile(file, 2_000)
    const whole = await lotbook(['import', file, ...db('whole')])
    for (let round = 0; round < 3; round++)
      expect(await killWhileImporting(file, folder.file('killed.db'))).toBe('SIGKILL')
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

  it.each(['ndjson', 'csv'])(
    'writes refused rows of %s as they were, so that just these are corrected',
    async (format) => {
      const kind = format === 'csv' ? ['--kind', 'unit'] : []
      const row = (symbol: string, name: string) =>
        format === 'csv' ? `${symbol},"${name}"` : JSON.stringify({ name, kind: 'unit', symbol })
      const header = format === 'csv' ? ['symbol,name'] : []
      const text = (...rows: readonly string[]) => `${[...header, ...rows].join('\n')}\n`
      const poor = row('a/b', 'two\u202e words')
      const source = write(`units.${format}`, text(row('kg', 'kilo'), poor, row('l', 'litre')))
      const into = folder.file(`refused.${format}`)
      const again = ['import', source, ...kind, '--refused', into, ...db(`refusing-${format}`)]
      expect(await lotbook(again)).toMatchObject({ code: 3 })
      expect(readFileSync(into, 'utf8')).toBe(text(poor))
      expect(await lotbook(again)).toMatchObject({ code: 2, stderr: expect.stringContaining('name a new file') })
      const corrected = write(`corrected.${format}`, text(row('ab', 'two words')))
      const other = folder.file(`none.${format}`)
      expect(
        await lotbook(['import', corrected, ...kind, '--refused', other, ...db(`refusing-${format}`)]),
      ).toMatchObject({
        code: 0,
      })
      expect(existsSync(other)).toBe(false)
      expect((await exported(`refusing-${format}`, '--kind', 'units')).trim().split('\n')).toHaveLength(3)
    },
  )

  it('writes what an unclosed quote left unread too, and says what it could not write', async () => {
    const kind = ['--kind', 'unit']
    const [open, within] = [folder.file('open.refused'), folder.file('within.refused')]
    const source = write('open.csv', 'symbol,name\nkg,kilo\ng,"gram\nl,litre\n')
    expect(await lotbook(['import', source, ...kind, '--refused', open, ...db('open')])).toMatchObject({ code: 3 })
    expect(readFileSync(open, 'utf8')).toBe('symbol,name\ng,"gram\nl,litre\n')
    const other = write('within.csv', 'symbol,name\nkg,kilo\ng,"gram"s\nl,litre\n')
    expect(await lotbook(['import', other, ...kind, '--refused', within, ...db('within')])).toMatchObject({
      code: 3,
      stderr: expect.stringContaining(`1 of the refused rows could not be read and are not in ${within}`),
    })
    expect(existsSync(within)).toBe(false)
  })

  it('shows how far it is: as lines, and on a terminal as a bar', async () => {
    const file = folder.file('shown.ndjson')
    await writeImportFile(file, 6_000)
    const command = `"${process.execPath}" "${program}" import "${file}" --db "${folder.file('bar.db')}"`
    // A bar is drawn five times a second: seconds pass quickly here, so that there is one however fast the machine is.
    const clock = 'const now = Date.now, start = now(); Date.now = () => start + 1000 * (now() - start)'
    const env = { ...process.env, NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(clock)}` }
    const child = spawn('script', ['-qec', command, '/dev/null'], { env, stdio: ['ignore', 'pipe', 'inherit'] })
    let shown = ''
    child.stdout.on('data', (chunk: Buffer) => {
      shown += chunk.toString()
    })
    await once(child, 'close')
    expect(shown).toMatch(/\r\[=* *\] \d+ %, \d+ rows, \d+ rows\/s(?:, .* left)?/u)
    expect(shown).toContain('rows: ')
    const plain = await lotbook(['import', file, ...db('plain')])
    expect(plain.stderr).not.toMatch(/[\r\u001b[]/u)
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
