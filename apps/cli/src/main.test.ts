import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RecallLot, RecallView, TraceNode, TraceView } from '@lotbook/domain'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { main } from './main.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lotbook-main-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Runs the program in this process, with nothing set but what is given. */
const lotbook = async (args: readonly string[], env: Readonly<Record<string, string>> = {}) => {
  const printed: string[] = []
  const told: string[] = []
  const code = await main(args, {
    env,
    print: (line) => printed.push(`${line}\n`),
    tell: (line) => told.push(`${line}\n`),
  })
  return { code, stdout: printed.join(''), stderr: told.join('') }
}

describe('lotbook', () => {
  it('prints its version', async () => {
    expect(await lotbook(['--version'])).toEqual({ code: 0, stdout: '0.1.0\n', stderr: '' })
  })

  it('lists its commands, and says more about each', async () => {
    const { code, stdout } = await lotbook(['--help'])
    expect(code).toBe(0)
    const names = ['start', 'serve', 'keys', 'seed', 'verify', 'checkpoint', 'backup', 'policy']
    for (const name of names) expect(stdout).toContain(`  ${name} `)
    const helps = await Promise.all(names.map((name) => lotbook([name, '--help'])))
    expect(helps.map((help) => [help.code, help.stdout.split(' ').slice(0, 3).join(' '), help.stderr])).toEqual(
      names.map((name) => [0, expect.stringMatching(`^Usage: lotbook ${name}`), '']),
    )
  })

  it('ends with 2 and says how, where the command line makes no sense', async () => {
    expect(await lotbook(['nonsense'])).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('--help'),
    })
    expect(await lotbook(['verify', 'much', '--against'])).toMatchObject({
      code: 2,
      stdout: '',
      stderr: 'lotbook: --against needs a value\nlotbook: “much” is one word too many\n',
    })
  })

  it('says everything that is wrong with the settings at once, and shows no secret', async () => {
    const { code, stdout, stderr } = await lotbook(['serve', '--port', '70000', '--color'], {
      LOTBOOK_DB: 'postgres://somebody:hidden@some where/db',
      LOTBOOK_POLICY: 'lax',
      LOTBOOK_LOG: 'loud',
      LOTBOOK_ADMIN_KEY: 'short',
      HOST: 'not a host',
      PORT: '1',
    })
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr.trim().split('\n')).toEqual([
      'lotbook: --color is not an option of this command',
      expect.stringContaining('LOTBOOK_DB must be a SQLite file'),
      expect.stringContaining('LOTBOOK_POLICY must be one of permissive, standard, strict, not “lax”'),
      expect.stringContaining('HOST must be'),
      'lotbook: --port must be a whole number from 0 to 65535, not “70000”',
      expect.stringContaining('LOTBOOK_ADMIN_KEY must be 16 to 512'),
      expect.stringContaining('LOTBOOK_LOG must be one of'),
    ])
    expect(stderr).not.toMatch(/hidden|short/u)
  })

  it.each(['verify', 'checkpoint', 'policy', 'keys list', 'backup copy.db'])(
    'ends with 4 where there is no ledger: %s',
    async (words) => {
      const missing = join(folder, 'missing.db')
      const ended = await lotbook([...words.split(' '), '--db', missing])
      expect(ended).toMatchObject({ code: 4, stdout: '', stderr: expect.stringContaining(missing) })
      expect(existsSync(missing)).toBe(false)
    },
  )

  it.each([
    ...['verify', 'checkpoint', 'policy', 'keys list', 'backup copy.db', 'export', 'epcis export', 'lots', 'stock'],
    ...['records', 'status', 'lot A', 'trace A', 'recall A', 'copy'],
  ])('takes an empty file for no ledger, and leaves it empty: %s', async (words) => {
    const empty = join(folder, 'empty.db')
    writeFileSync(empty, '')
    const at = words === 'copy' ? ['--from', empty, '--to', join(folder, 'to.db')] : ['--db', empty]
    const command = words.split(' ').map((word) => (word === 'copy.db' ? join(folder, word) : word))
    expect(await lotbook([...command, ...at])).toEqual({
      code: 4,
      stdout: '',
      stderr: expect.stringContaining(`there is no ledger at ${empty}: name another with --db`),
    })
    expect(readFileSync(empty)).toHaveLength(0)
  })

  it('says in every command that a restore is unfinished, and shows nothing of it', async () => {
    const at = (name: string) => join(folder, name)
    await lotbook(['seed', '--db', at('sample.db')])
    await lotbook(['export', at('sample.ndjson'), '--db', at('sample.db')])
    writeFileSync(at('cut.ndjson'), readFileSync(at('sample.ndjson'), 'utf8').slice(0, -200))
    const torn = ['--db', at('torn.db')]
    const restored = await lotbook(['import', at('cut.ndjson'), '--restore', ...torn])
    expect(restored).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('cannot restore') })
    const commands = [
      ...['verify', 'export', 'export --kind lots', 'checkpoint', 'policy', 'policy set strict', 'keys list', 'seed'],
      ...['epcis export', 'lots', 'stock', 'records', 'status', 'lot A', 'trace A', 'recall A', 'recall A --hold'],
      ...['keys create line --grant INVENTORY.READ', `backup ${at('torn-copy.db')}`, `import ${at('rows.ndjson')}`],
    ]
    writeFileSync(at('rows.ndjson'), '{"kind":"unit","symbol":"oz","name":"ounce"}')
    const why =
      'a restore into it did not finish or was refused: restore again (lotbook import --restore), or remove it'
    const told = { code: 6, stdout: '', stderr: `lotbook: the store is not available: ${why}\n` }
    for (const words of commands) expect(await lotbook([...words.split(' '), ...torn]), words).toEqual(told)
    expect(existsSync(at('torn-copy.db'))).toBe(false)
    expect(await lotbook(['import', at('sample.ndjson'), '--restore', ...torn])).toMatchObject({ code: 0 })
    expect(await lotbook(['verify', ...torn])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('300 records'),
    })
  })

  it('ends with 6 where the file is no ledger', async () => {
    expect(await lotbook(['checkpoint', '--db', new URL(import.meta.url).pathname])).toMatchObject({
      code: 6,
      stdout: '',
      stderr: expect.stringContaining('the file is not a database'),
    })
  })
})

describe('lotbook keys', () => {
  it('makes a key, lists it without its secret, and revokes it', async () => {
    const db = ['--db', join(folder, 'keys.db')]
    const made = await lotbook(['keys', 'create', 'line 1', '--grant', 'INVENTORY.READ,INVENTORY.WRITE.SAVE', ...db])
    expect(made).toMatchObject({ code: 0, stdout: expect.stringMatching(/^lb_\S{40,}\n$/u) })
    const listed = async () => JSON.parse((await lotbook(['keys', 'list', '--json', ...db])).stdout) as unknown
    const key = {
      name: 'line 1',
      grants: ['INVENTORY.READ', 'INVENTORY.WRITE.SAVE'],
      createdBy: expect.stringMatching(/^local:/u),
    }
    expect(await listed()).toEqual([expect.objectContaining({ ...key, state: 'good', expires: null })])
    const again = ['keys', 'create', 'line 1', '--grant', 'INVENTORY.READ', ...db]
    const taken = expect.stringMatching(/^lotbook: an API key called line 1 exists already \(/u)
    expect(await lotbook(again)).toMatchObject({ code: 3, stdout: '', stderr: taken })
    expect(await lotbook(['keys', 'revoke', 'line 1', ...db])).toMatchObject({ code: 0 })
    expect(await listed()).toEqual([expect.objectContaining({ ...key, state: 'revoked' })])
    expect(await lotbook(['keys', 'revoke', 'line 1', ...db])).toMatchObject({ code: 4, stdout: '' })
    const table = await lotbook(['keys', 'list', ...db])
    expect(table.stdout).toMatch(/^NAME {4}STATE {4}MAY/u)
    expect(table.stdout).not.toContain(made.stdout.trim())
  })

  it('says everything that is wrong at once', async () => {
    const { code, stderr } = await lotbook(['keys', 'create', 'a/b', '--grant', 'ALL', '--expires', '2020-01-01'])
    expect(code).toBe(2)
    expect(stderr.trim().split('\n')).toEqual([
      expect.stringContaining('NAME must be'),
      expect.stringContaining('--grant must be one of INVENTORY'),
      expect.stringContaining('--expires must lie ahead'),
    ])
    const posing = await lotbook(['keys', 'create', 'local:root', '--grant', 'INVENTORY'])
    expect([posing.code, posing.stdout, posing.stderr]).toEqual([
      ...[2, ''],
      expect.stringContaining('NAME must not begin with “local:”'),
    ])
    expect(await lotbook(['keys', 'create', 'x'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--grant is missing'),
    })
  })
})

describe('lotbook policy', () => {
  it('shows the policy, and sets it', async () => {
    const db = ['--db', join(folder, 'policy.db')]
    await lotbook(['seed', '--policy', 'strict', ...db])
    expect(await lotbook(['policy', ...db])).toMatchObject({ code: 0, stdout: 'strict\n' })
    expect(await lotbook(['policy', 'set', 'lax', ...db])).toMatchObject({ code: 2 })
    expect(await lotbook(['policy', 'set', 'permissive', ...db])).toMatchObject({ code: 0, stdout: '' })
    expect(await lotbook(['policy', 'get', ...db])).toMatchObject({ code: 0, stdout: 'permissive\n' })
  })
})

describe('lotbook trace', () => {
  it('shows where a lot came from and where it went, as a tree or in another form', async () => {
    const db = ['--db', join(folder, 'trace.db')]
    await lotbook(['seed', '--now', '2026-11-23', ...db])
    const lot = ['BUTTER-2026-10-22', '--material', 'Dairy/Butter']
    const found = await lotbook(['trace', ...lot, ...db])
    expect(found).toMatchObject({ code: 0, stderr: '' })
    expect(found.stdout.split('\n').slice(0, 3)).toEqual([
      expect.stringMatching(/^BUTTER-2026-10-22 \(Dairy\/Butter, /u),
      'made of:',
      expect.stringMatching(/^ {2}← \S+ \(.+\): CONSUME [\d.]+ \S+, [\d.]+ % of (?:it|the kg in it)$/u),
    ])
    expect(found.stdout).toContain('\nwent into:\n')
    const json = await lotbook(['trace', ...lot, '--direction', 'ancestors', '--depth', '1', '--json', ...db])
    expect(JSON.parse(json.stdout)).toMatchObject({ direction: 'ANCESTORS', depth: 1, truncated: false })
    for (const [flag, begin] of [
      ['--csv', 'reach,depth,'],
      ['--mermaid', 'flowchart LR\n'],
      ['--dot', 'digraph trace {\n'],
    ] as const)
      expect((await lotbook(['trace', ...lot, flag, ...db])).stdout.startsWith(begin)).toBe(true)
    expect(await lotbook(['trace', 'NONE', '--material', 'Dairy/Butter', ...db])).toMatchObject({ code: 4 })
    expect(await lotbook(['trace', 'BUTTER-2026-10-22', ...db])).toEqual(found)
    expect(await lotbook(['trace', 'NONE', ...db])).toMatchObject({ code: 4 })
    expect(await lotbook(['trace', ...lot, '--depth', 'deep', ...db])).toMatchObject({ code: 2 })
    const basic = await lotbook(['trace', ...lot, '--json', '--detail', 'basic', ...db])
    const { nodes, edges } = JSON.parse((await lotbook(['trace', ...lot, '--json', ...db])).stdout) as TraceView
    expect(JSON.parse(basic.stdout)).toMatchObject({
      nodes: nodes.map(({ lotId, depth }) => ({ lotId, depth })),
      edges: edges.map(({ recordIds, quantity }) => ({ recordIds, quantity })),
    })
    expect(basic.stdout).not.toContain('lotName')
    expect(await lotbook(['trace', ...lot, '--detail', 'basic', ...db])).toMatchObject({
      ...{ code: 2, stderr: expect.stringContaining('--detail goes with --json') },
    })
    expect(await lotbook(['trace', ...lot, '--json', '--detail', 'some', ...db])).toMatchObject({ code: 2 })
    expect(await lotbook(['trace', '--csv', '--dot', ...db])).toMatchObject({
      code: 2,
      stderr: 'lotbook: LOT is missing\nlotbook: --csv and --dot do not go together\n',
    })
  })
})

describe('a trace that is not all of it, or not of now', () => {
  const lot = ['trace', 'SALT-2026-10-12', '--material', 'Ingredients/Salt']
  let db: readonly string[]
  beforeAll(async () => {
    db = ['--db', join(folder, 'cut.db')]
    await lotbook(['seed', '--now', '2026-11-23', ...db])
  })

  it('says in every form that it was cut off, and ends with 1', async () => {
    const note = 'there is more: ask for more lots with --limit\n'
    for (const [form, said, stderr] of [
      [[], note.trim(), ''],
      [['--csv'], 'TRUNCATED,', note],
      [['--mermaid'], 'title: "cut off, there is more"', note],
      [['--dot'], 'label="cut off, there is more"', note],
      [['--svg'], 'cut off, there is more', note],
      [['--json'], '"truncated":true', note],
      [['--json', '--detail', 'basic'], '"truncated":true', note],
    ] as const) {
      const cut = await lotbook([...lot, '--limit', '3', ...form, ...db])
      expect(cut).toMatchObject({ code: 1, stderr })
      expect(cut.stdout).toContain(said)
      const whole = await lotbook([...lot, ...form, ...db])
      expect(whole).toMatchObject({ code: 0, stderr: '' })
      expect(whole.stdout).not.toContain(said)
    }
  })

  it('shows status and stock of the moment, as the recall of the same moment does', async () => {
    const asOf = ['--as-of', '2026-10-18T12:00:00Z']
    const told = async (moment: readonly string[]) => {
      const down = ['--direction', 'descendants', ...moment, '--json', ...db]
      const { nodes } = JSON.parse((await lotbook([...lot, ...down])).stdout) as TraceView
      const recall = ['recall', ...lot.slice(1), ...moment, '--format', 'json', ...db]
      const { lots } = JSON.parse((await lotbook(recall)).stdout) as RecallView
      const columns = ({ lotName, status, effectiveStatus, onHand }: TraceNode | RecallLot) => [
        ...[lotName, status, effectiveStatus, onHand],
      ]
      expect(nodes.map(columns)).toEqual(lots.map(columns))
      return nodes.map(columns)
    }
    const [then, now] = [await told(asOf), await told([])]
    expect(then.find(([name]) => name === 'BUTTER-2026-10-15')).toEqual([
      ...['BUTTER-2026-10-15', 'AVAILABLE', 'AVAILABLE', 40],
    ])
    expect(then.at(-1)).toEqual(['BUT250-2026-10-16', 'AVAILABLE', 'AVAILABLE', 1600])
    expect(now.find(([name]) => name === 'BUTTER-2026-10-15')).toEqual(['BUTTER-2026-10-15', 'CLOSED', 'CLOSED', 0])
    const words = 'as of 2026-10-18T12:00:00.000Z, with the status and stock of then'
    expect((await lotbook([...lot, ...asOf, ...db])).stdout.split('\n')[0]).toBe(words)
    expect((await lotbook([...lot, ...asOf, '--svg', ...db])).stdout).toContain(words)
  })
})

describe('a refusal of what was typed', () => {
  let db: readonly string[]
  beforeAll(async () => {
    db = ['--db', join(folder, 'typed.db')]
    await lotbook(['seed', '--now', '2026-11-23', ...db])
  })
  it.each([
    ['--status must be one of', ['lots', '--status', 'foo']],
    ['--limit must be', ['lots', '--limit', 'many']],
    ['--as-of must be an ISO 8601', ['stock', '--as-of', 'soon']],
    ['--type must be one or more of', ['records', '--type', 'EAT']],
    ['--depth must be', ['trace', 'BUTTER-2026-10-22', '--depth', 'deep']],
  ])('names the option: %s', async (words, args) => {
    const { code, stdout, stderr } = await lotbook([...args, ...db])
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(new RegExp(`^lotbook: ${words}`, 'u'))
  })

  it('says what the terminal needs where only the ledger is named, off a screen', async () => {
    expect(await lotbook(db)).toEqual({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('the terminal needs a screen and a keyboard'),
    })
  })

  it.each(['mysql://ada:hidden@127.0.0.1/x', 'file:hidden.db'])('takes another address for no file: %s', async (db) => {
    expect(await lotbook(['seed'], { LOTBOOK_DB: db })).toEqual({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(/^lotbook: LOTBOOK_DB must be a SQLite file or postgres:\/\/(?!.*hidden)/u),
    })
  })
})

describe('lotbook recall', () => {
  let db: readonly string[]
  const cream = 'CREAM-2026-11-02'
  beforeAll(async () => {
    db = ['--db', join(folder, 'recall.db')]
    await lotbook(['seed', '--now', '2026-11-23', ...db])
  })
  const recall = (...args: readonly string[]) => lotbook(['recall', ...args, ...db])

  it('shows what a lot reached, where it lies and who got it', async () => {
    const found = await recall(cream)
    expect(found.code, found.stderr).toBe(0)
    expect(found.stderr).toMatch(new RegExp(`^recall of lot ${cream} \\(Milk/Cream\\): complete\n`, 'u'))
    const [head, first] = found.stdout.split('\n')
    expect(head).toMatch(/^LOT +STATUS +SHARE +ON HAND +HELD +SHIPPED +UNEXPLAINED +WHERE +MATERIAL$/u)
    expect(first).toMatch(/^CREAM-2026-11-02 +EXPIRED +100 % +189 l +0 l +/u)
    expect(found.stdout).toMatch(/^2026-\S+ +To North Market +BUT250\S* +1200 pcs$/mu)
    expect(found.stdout).toMatch(
      /^1 lot: 189 l on hand \(0 held\), 0 shipped, 0 scrapped, 0 returned, 0 unexplained$/mu,
    )
  })

  it('prints it in every form', async () => {
    const json = await recall(cream, '--format', 'json')
    expect(JSON.parse(json.stdout)).toMatchObject({ lotName: cream, complete: true, balanced: true })
    expect((await recall(cream, '--format', 'csv')).stdout).toMatch(/^row,complete,.*\r\nRECALL,true,/u)
    expect((await recall(cream, '--format', 'html')).stdout).toMatch(/^<!doctype html>\n.*<\/html>\n$/su)
  })

  it('says loudly where something is left out, and ends with 1', async () => {
    const cut = await recall(cream, '--limit', '1')
    expect(cut).toMatchObject({ code: 1 })
    expect(cut.stderr).toMatch(/: INCOMPLETE\nINCOMPLETE: more lots are affected than the 1 that are listed/u)
    expect(await recall(cream, '--limit', '1', '--hold')).toMatchObject({ code: 3, stdout: '' })
  })

  it('holds what is affected, after it has shown it', async () => {
    const shown = await recall(cream, '--hold', '--dry-run', '--notes', 'glass')
    expect(shown.code, shown.stderr).toBe(0)
    expect(shown.stderr).toMatch(/^2 lots would be put on QA_HOLD; nothing was written\n$/u)
    expect(shown.stdout).toMatch(/^BUTTER\S* +QA_HOLD +was AVAILABLE +40 kg +/mu)
    expect(shown.stdout).toMatch(/^BUT250\S* +left +SHIPPED +0 pcs +/mu)
    const done = await recall(cream, '--hold', '--notes', 'glass', '--format', 'json')
    const { held } = JSON.parse(done.stdout) as { held: readonly { lotName: string }[] }
    expect(held.map(({ lotName }) => lotName)).toEqual([cream, 'BUTTER-2026-11-05'])
    const records = await lotbook([
      'records',
      '--type',
      'STATUS_CHANGE',
      '--limit',
      String(held.length),
      '--json',
      ...db,
    ])
    expect(JSON.parse(records.stdout)).toMatchObject({
      items: held.map(() => ({ notes: 'glass', lotStatus: 'QA_HOLD' })),
    })
    expect((await recall(cream)).stdout).toContain('189 l on hand (189 held)')
    expect((await lotbook(['verify', ...db])).code).toBe(0)
  })

  it('is drilled: with a lot that is named, or one that is drawn', async () => {
    const named = await recall('--drill', cream)
    expect(named.code, named.stderr).toBe(0)
    expect(named.stdout).toMatch(/^lot {7}CREAM-2026-11-02 \(Milk\/Cream\)\nseconds {3}\d+\.\d{3}\naffected {2}3\n/u)
    expect(named.stdout).toMatch(/\ncomplete {2}yes\nadds up {3}yes\n$/u)
    const random = await recall('--drill', '--format', 'json')
    expect(JSON.parse(random.stdout)).toMatchObject({ wasRandom: true, complete: true, balanced: true })
  })

  it.each([
    [2, 'LOT is missing', []],
    [2, '--notes goes with --hold only', [cream, '--notes', 'x']],
    [2, '--as-of does not go with --hold', [cream, '--hold', '--as-of', '2026-11-01T00:00:00Z']],
    [2, '--hold does not go with --drill', ['--drill', '--hold']],
    [2, '--format must be json, csv or html', [cream, '--format', 'pdf']],
    [2, '--format html is for the recall itself', [cream, '--hold', '--format', 'html']],
    [2, '--as-of must be an ISO 8601', [cream, '--as-of', 'soon']],
    [4, 'no lot has the id or name NONE', ['NONE']],
  ])('ends with %d and says %s', async (code, words, args) => {
    expect(await recall(...args)).toMatchObject({ code, stdout: '', stderr: expect.stringContaining(words) })
  })
})

describe('lotbook seed', () => {
  it('refuses a day that is none, or still to come', async () => {
    const seedAt = async (day: string) =>
      (await lotbook(['seed', '--now', day, '--db', join(folder, 'never.db')])).stderr
    expect(await seedAt('soon')).toContain('--now must be a date')
    expect(await seedAt('9999-01-01')).toContain('--now must lie between')
    expect(await seedAt('1970-01-02')).toContain('--now must lie between')
    expect(existsSync(join(folder, 'never.db'))).toBe(false)
  })

  it('does not touch a ledger that has something in it', async () => {
    const db = ['--db', join(folder, 'seeded.db')]
    const { stdout } = await lotbook(['seed', ...db])
    expect(await lotbook(['seed', ...db])).toMatchObject({ code: 3, stderr: expect.stringContaining('not empty') })
    expect(await lotbook(['checkpoint', ...db])).toMatchObject({ code: 0, stdout })
  })
})

describe('lotbook verify', () => {
  it('refuses a checkpoint that is none', async () => {
    expect(await lotbook(['verify', '--against', '12:abc'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--against must be COUNT:HASH'),
    })
  })
})
