import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { guardCell, readCell } from './csv-cell.ts'
import { readCsv } from './read-csv.ts'
import { readNdjson } from './read-ndjson.ts'
import { longestRow, type SourceRow } from './source-row.ts'

async function* inChunks(text: string | Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}
const all = async (rows: AsyncIterable<readonly SourceRow[]>): Promise<readonly SourceRow[]> => {
  const found: SourceRow[] = []
  for await (const chunk of rows) found.push(...chunk)
  return found
}
const ndjson = (text: string | Uint8Array, size = 7) => all(readNdjson(inChunks(text, size)))
const csv = (text: string | Uint8Array, size = 5) => all(readCsv(inChunks(text, size), 'unit'))

describe('NDJSON', () => {
  it('is read line by line, however it is cut into chunks', async () => {
    const text = '{"a":"é🧀"}\r\n\n{"b":2}\nnot json\n{"c":3}'
    for (const size of [1, 2, 3, 1000])
      expect(await ndjson(text, size)).toEqual([
        { line: 1, input: { fields: { a: 'é🧀' } }, text: expect.stringContaining('é🧀') },
        { line: 3, input: { fields: { b: 2 } }, text: '{"b":2}' },
        { line: 4, input: { problem: 'must be one JSON object on one line' }, text: expect.any(String) },
        { line: 5, input: { fields: { c: 3 } }, text: '{"c":3}' },
      ])
  })

  it('has problems, not failures, where a line is too long or no UTF-8', async () => {
    const [long, bad, good] = await ndjson(
      Buffer.concat([Buffer.alloc(longestRow + 1, 120), Buffer.from([10, 34, 255, 34, 10]), Buffer.from('1')]),
      65_536,
    )
    expect(long).toEqual({ line: 1, input: { problem: `must be at most ${longestRow} bytes` }, text: null })
    expect(bad).toEqual({ line: 2, input: { problem: 'must be UTF-8' }, text: null })
    expect(good).toEqual({ line: 3, input: { fields: 1 }, text: '1' })
  })
})

describe('CSV', () => {
  it('is read by its header row, with the lines on which rows begin', async () => {
    const text = '\ufeffsymbol,name,notes\r\nkg,"kilo, ""gram""","two\r\nlines"\r\ng,gram\r\nl,litre,\r\n'
    for (const size of [1, 5, 1000])
      expect(await csv(text, size)).toEqual([
        {
          line: 2,
          input: { fields: { kind: 'unit', symbol: 'kg', name: 'kilo, "gram"', notes: 'two\r\nlines' } },
          text: expect.stringContaining('two\r\nlines'),
        },
        { line: 4, input: { problem: 'must have 3 cells like the header row, and has 2' }, text: expect.any(String) },
        {
          line: 5,
          input: { fields: { kind: 'unit', symbol: 'l', name: 'litre', notes: undefined } },
          text: expect.stringMatching(/^l,litre/u),
        },
      ])
  })

  it('is refused as a whole where the header is wrong', async () => {
    await expect(csv('symbol,colour\nkg,red\n')).rejects.toThrow('“colour”; a unit has symbol, name')
    await expect(csv('name,name\n')).rejects.toThrow('twice')
    await expect(csv('')).rejects.toThrow('empty')
  })

  it('says from where on it could not be read', async () => {
    const [good, bad] = await csv('symbol,name\nkg,kilo\ng,"gram\nl,litre\n', 5)
    expect(good).toMatchObject({ line: 2 })
    expect(bad).toMatchObject({
      line: 3,
      input: { problem: expect.stringContaining('cannot be read from here on') },
      text: 'g,"gram\nl,litre',
    })
    const [, within] = await csv('symbol,name\nkg,kilo\ng,"gram"s\nl,litre\n', 5)
    expect(within).toMatchObject({ line: 3, text: null })
    const [utf8] = await csv(Buffer.concat([Buffer.from('symbol,name\nkg,'), Buffer.from([255, 10])]))
    expect(utf8).toMatchObject({ input: { problem: expect.stringContaining('not UTF-8') } })
  })
})

describe('a cell', () => {
  it.each(['=cmd()', '+1', '-1', '@a', '\tx', '\rx', "'=x", "''", ''])('with %j begins no formula', (text) => {
    expect(guardCell(text)).toBe(`'${text}`)
    expect(readCell(guardCell(text))).toBe(text)
  })

  it('is left alone where it could be none', () => {
    expect(guardCell("it's =1")).toBe("it's =1")
    expect(readCell("'tis")).toBe("'tis")
    expect(readCell('')).toBeUndefined()
  })

  it('comes back as it was, whatever it is', () => {
    const text = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom("'", '=', '-', '\t', 'a') }))
    fc.assert(fc.property(text, (any) => readCell(guardCell(any)) === any && !/^[=+\-@\t\r]/u.test(guardCell(any))))
  })
})
