import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { guardCell, readCell } from './csv-cell.ts'
import { readCsv } from './read-csv.ts'
import { readNdjson } from './read-ndjson.ts'
import { longestRow, type SourceRow, UnreadableFile } from './source-row.ts'

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

  it('has a problem where a member is named twice, of which one would be lost', async () => {
    const problem = 'must have each member once: an object has “quantity” twice'
    const twice = '{"kind":"record","quantity":1,"quantity":100}'
    expect(await ndjson(`${twice}\n{"quantity":1}`)).toEqual([
      { line: 1, input: { problem }, text: twice },
      { line: 2, input: { fields: { quantity: 1 } }, text: '{"quantity":1}' },
    ])
  })

  it('may begin with a mark', async () => {
    const rows = await ndjson('\ufeff{"a":1}\n\ufeff{"b":2}')
    expect(rows).toEqual([
      { line: 1, input: { fields: { a: 1 } }, text: '{"a":1}' },
      { line: 2, input: { problem: 'must be one JSON object on one line' }, text: '\ufeff{"b":2}' },
    ])
  })

  it('is refused as a whole where it is a full export, which is restored', async () => {
    const rows = '{"kind":"unit","symbol":"kg"}\n'
    for (const head of ['{"kind":"lotbook","format":1}\n', '\n{"kind":"lotbook","format":2}\n'])
      for (const size of [1, 7, 1000])
        await expect(ndjson(`${head}${rows}`, size)).rejects.toThrow(
          new UnreadableFile(
            'the file is a full export, not rows: restore it (--restore, or mode=restore over HTTP) into a ledger that is empty or not there yet',
          ),
        )
    expect((await ndjson(`${rows}{"kind":"lotbook"}`)).map(({ line }) => line)).toEqual([1, 2])
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
    for (const [mark, word] of [
      [';', 'semicolons'],
      ['\t', 'tabs'],
    ])
      await expect(csv(`symbol${mark}name\nkg${mark}kilo\n`)).rejects.toThrow(
        new UnreadableFile(`the header row is parted by ${word}, and must be by commas: save the file with commas`),
      )
    await expect(csv('')).rejects.toThrow('empty')
  })

  it('says from where on it could not be read', async () => {
    const [good, bad] = await csv('symbol,name\nkg,kilo\ng,"gram\nl,litre\n', 5)
    expect(good).toMatchObject({ line: 2 })
    expect(bad).toMatchObject({
      line: 3,
      input: {
        problem: 'cannot be read from here on, and nothing after it was: a quote that begins here is never closed',
      },
      text: 'g,"gram\nl,litre',
    })
    const [, within] = await csv('symbol,name\nkg,kilo\ng,"gram"s\nl,litre\n', 5)
    expect(within).toEqual({
      line: 3,
      input: {
        problem:
          'cannot be read from here on, and nothing after it was: text follows a closing quote (a quote within quotes is written twice)',
      },
      text: null,
    })
  })

  it('refuses a row that is not UTF-8 by its own line, and reads the others, however large they are', async () => {
    const long = 'ü'.repeat(110)
    const good = Array.from({ length: 3_000 }, (_, index) => `g${index},${long}\r\n`)
    const bad = Buffer.from([103, 44, 0xe9, 13, 10])
    const file = Buffer.concat([
      Buffer.from(`symbol,name\r\n${good.join('')}`),
      bad,
      Buffer.from('l,"a\r\nb"\r\nm,é\r\n'),
    ])
    const notUtf8 = 'is not UTF-8: save it as UTF-8 (in a spreadsheet: “CSV UTF-8”)'
    const expected = good.map((_, index) => ({
      line: index + 2,
      fields: { kind: 'unit', symbol: `g${index}`, name: long },
    }))
    for (const size of [65_536, 1_000_000]) {
      const rows = await csv(file, size)
      const read = rows.slice(0, 3_000).map(({ line, input }) => ({ line, ...input }))
      expect(read).toEqual(expected)
      expect(rows.slice(3_000)).toEqual([
        { line: 3_002, input: { problem: notUtf8 }, text: null },
        { line: 3_003, input: { fields: { kind: 'unit', symbol: 'l', name: 'a\r\nb' } }, text: 'l,"a\r\nb"' },
        { line: 3_005, input: { fields: { kind: 'unit', symbol: 'm', name: 'é' } }, text: 'm,é' },
      ])
    }
  })

  it('says how to save what is not UTF-8 at all', async () => {
    const utf16 = Buffer.from('\ufeffsymbol,name\nkg,kilo\n', 'utf16le')
    const how = 'save it as UTF-8 (in a spreadsheet: “CSV UTF-8”)'
    for (const size of [1, 1_000]) {
      for (const bytes of [utf16, Buffer.from(utf16).swap16()])
        await expect(csv(bytes, size)).rejects.toThrow(new UnreadableFile(`the file is UTF-16: ${how}`))
      const latin = Buffer.from('symbol,näme\n', 'latin1')
      await expect(csv(latin, size)).rejects.toThrow(new UnreadableFile(`the header row is not UTF-8: ${how}`))
    }
    expect(await csv('\ufeffsymbol,name\nkg,kilo', 1)).toHaveLength(1)
  })
})

describe('a cell', () => {
  it.each(['=cmd()', '+1', '-1', '@a', '\tx', '\rx', '\nx', '＝1', '＋1', '－1', '＠a', "'=x", "''", ''])(
    'with %j begins no formula',
    (text) => {
      expect(guardCell(text)).toBe(`'${text}`)
      expect(readCell(guardCell(text))).toBe(text)
    },
  )

  it('is left alone where it could be none', () => {
    expect(guardCell("it's =1")).toBe("it's =1")
    expect(readCell("'tis")).toBe("'tis")
    expect(readCell('')).toBeUndefined()
  })

  it('comes back as it was, whatever it is', () => {
    const text = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom("'", '=', '-', '\t', '＝', 'a') }))
    fc.assert(
      fc.property(text, (any) => readCell(guardCell(any)) === any && !/^[=+\-@\t\r\n＝＋－＠]/u.test(guardCell(any))),
    )
  })
})
