import { readFileSync, writeFileSync } from 'node:fs'
import { documentFaults, soundDocument } from '@lotbook/domain/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Folder, lotbook, makeFolder } from './program.ts'

let folder: Folder
beforeAll(() => {
  folder = makeFolder()
})
afterAll(() => folder.remove())

const db = (name: string) => ['--db', folder.file(`${name}.db`)]
const write = (name: string, value: unknown): string => {
  writeFileSync(folder.file(name), typeof value === 'string' ? value : JSON.stringify(value))
  return folder.file(name)
}
const plant = [
  { kind: 'unit', symbol: 'kg', name: 'kilogram' },
  { kind: 'unit', symbol: 'l', name: 'litre' },
  { kind: 'unit', symbol: 'pcs', name: 'piece' },
  { kind: 'material', path: 'Raw/Sugar', unitOfMeasureSymbol: 'kg' },
  { kind: 'location', path: 'Plant/Dock' },
  { kind: 'location', path: 'Plant/Line' },
]
const made = async (name: string): Promise<void> => {
  const rows = write(`${name}.ndjson`, plant.map((row) => JSON.stringify(row)).join('\n'))
  expect(await lotbook(['import', rows, ...db(name)])).toMatchObject({ code: 0 })
}

describe('lotbook epcis', () => {
  it('carries the sample plant into a ledger with its master data: same stock, same lots', async () => {
    await lotbook(['seed', ...db('seeded')])
    const file = folder.file('seeded.jsonld')
    expect(await lotbook(['epcis', 'export', file, ...db('seeded')])).toMatchObject({ code: 0, stdout: '' })
    expect((await lotbook(['epcis', 'export', ...db('seeded')])).stdout).toBe(readFileSync(file, 'utf8'))
    for (const kind of ['units', 'conversions', 'materials', 'locations', 'reasonCodes']) {
      const rows = folder.file(`seeded-${kind}.ndjson`)
      await lotbook(['export', rows, '--kind', kind, ...db('seeded')])
      expect(await lotbook(['import', rows, ...db('copy')])).toMatchObject({ code: 0 })
    }
    const came = await lotbook(['epcis', 'import', file, ...db('copy')])
    expect(came).toMatchObject({ code: 0, stderr: '' })
    const stockOf = async (name: string) =>
      (await lotbook(['export', '--kind', 'stock', '--format', 'csv', ...db(name)])).stdout
        .split('\r\n')
        .map((line) => line.split(',').slice(0, 6).join(','))
        .sort()
    expect(await stockOf('copy')).toEqual(await stockOf('seeded'))
    const again = await lotbook(['epcis', 'import', file, ...db('copy')])
    expect([again.code, again.stdout]).toEqual([0, expect.stringContaining(' 0 records saved')])
    expect(await lotbook(['verify', ...db('copy')])).toMatchObject({ code: 0 })
  })

  it('writes what asks for it: a lot, a trace, a period', async () => {
    await made('asked')
    // Some programs put a mark before UTF-8.
    const sound = write('sound.jsonld', `\ufeff${JSON.stringify(soundDocument())}`)
    expect(await lotbook(['epcis', 'import', sound, ...db('asked')])).toMatchObject({ code: 0, stderr: '' })
    const steps = async (...args: readonly string[]) => {
      const { code, stdout, stderr } = await lotbook(['epcis', 'export', ...args, ...db('asked')])
      if (code !== 0) return [code, stderr]
      const { epcisBody } = JSON.parse(stdout) as { epcisBody: { eventList: { bizStep: string }[] } }
      return epcisBody.eventList.map(({ bizStep }) => bizStep)
    }
    const lot = ['--lot', 'Y', '--material', 'Raw/Sugar']
    expect(await steps(...lot)).toEqual(['commissioning'])
    expect(await steps('--lot', 'Y')).toEqual(['commissioning'])
    expect(await steps('--direction', 'ancestors')).toEqual([2, expect.stringContaining('--lot is required')])
    const all = ['receiving', 'storing', 'commissioning', 'commissioning']
    expect(await steps(...lot, '--direction', 'ancestors')).toEqual(all)
    expect(await steps('--to', '2026-11-01')).toEqual([])
    // The whole of a day belongs to a period that ends with it.
    expect(await steps('--from', '2026-11-02', '--to', '2026-11-02')).toEqual(all)
    expect(await steps('--to', '2026-11-02T07:59:59.999Z')).toEqual([])
    expect(await steps('--to', '2026-11-02T08:00:00Z')).toEqual(all)
    expect(await steps('--from', '2026-11-03')).toEqual([])
    expect(await steps('--from', 'now')).toEqual([2, expect.stringContaining('--from must be a date')])
    expect(await steps('--depth', '2')).toEqual([2, expect.stringContaining('direction')])
    expect(await steps('--lot', 'Z', '--material', 'Raw/Sugar')).toEqual([4, expect.stringContaining('Z')])
  })

  it('tells what is wrong with a document by pointer, ends with 3 and writes nothing; a dry run writes nothing', async () => {
    await made('wrong')
    const before = (await lotbook(['checkpoint', ...db('wrong')])).stdout
    const fault = documentFaults.find(({ name }) => name === 'with a unit that the ledger does not have')
    const spoiled = write('spoiled.jsonld', fault?.spoil(soundDocument()))
    const refused = await lotbook(['epcis', 'import', spoiled, ...db('wrong')])
    expect([refused.code, refused.stdout, refused.stderr]).toEqual([
      ...[3, ''],
      expect.stringMatching(
        /^\/epcisBody\/eventList\/0\/quantityList\/0\/uom: no unit of this ledger is TNE.*\nnothing was written\n$/u,
      ),
    ])
    const tried = await lotbook([
      'epcis',
      'import',
      write('tried.jsonld', soundDocument()),
      '--dry-run',
      ...db('wrong'),
    ])
    expect([tried.code, tried.stdout]).toEqual([0, expect.stringContaining('4 records saved')])
    expect((await lotbook(['checkpoint', ...db('wrong')])).stdout).toBe(before)
    expect(await lotbook(['epcis', 'import', write('broken.jsonld', '{"type":'), ...db('wrong')])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('is not JSON'),
    })
    const twice = folder.file('twice.jsonld')
    writeFileSync(twice, JSON.stringify(soundDocument()).replace('{', '{"schemaVersion":"1.2",'))
    expect(await lotbook(['epcis', 'import', twice, ...db('wrong')])).toMatchObject({
      ...{ code: 2, stdout: '' },
      stderr: expect.stringContaining('twice.jsonld must have each member once: an object has “schemaVersion” twice'),
    })
    const latin = folder.file('latin.jsonld')
    const named = { ...soundDocument(), sender: 'Käserei' }
    writeFileSync(latin, Buffer.from(JSON.stringify(named), 'latin1'))
    expect(await lotbook(['epcis', 'import', latin, ...db('wrong')])).toMatchObject({
      ...{ code: 2, stdout: '' },
      stderr: expect.stringContaining('latin.jsonld is not UTF-8'),
    })
    expect((await lotbook(['checkpoint', ...db('wrong')])).stdout).toBe(before)
    expect(await lotbook(['epcis', 'melt', ...db('wrong')])).toMatchObject({ code: 2 })
    expect(await lotbook(['epcis', 'import', folder.file('none.jsonld'), ...db('wrong')])).toMatchObject({ code: 4 })
  })
})
