import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readUlid } from '../identifiers/ulid.ts'
import { readName, readPath, readText } from './name.ts'

const anyText = fc.string({ unit: 'binary', maxLength: 40 })

describe('a name', () => {
  it.each([
    ['A', 'A'],
    ['  A lot  ', 'A lot'],
    ['\t A \n', 'A'],
    ['Cafe\u0301', 'Café'],
    ['\u212B', 'Å'],
    ["'; drop table lot; --", "'; drop table lot; --"],
    ['=cmd()', '=cmd()'],
    ['🧀 50% <b>&amp;', '🧀 50% <b>&amp;'],
    ['__proto__', '__proto__'],
    ['null', 'null'],
    ['a\\b', 'a\\b'],
    ['x'.repeat(255), 'x'.repeat(255)],
    ['🧀'.repeat(255), '🧀'.repeat(255)],
    ['01JE6F0CE9T94PZD8RTH9J01T', '01JE6F0CE9T94PZD8RTH9J01T'],
    // Seen, though Unicode counts them as format characters or ignores them by default: a sign before an Arabic number,
    // the picture of an emoji, a keycap, a variant of an ideograph, a form of a Mongolian letter.
    ...['\u0601\u0661', '\u26a0\ufe0f 5', '1\ufe0f\u20e3', '\u845b\u{e0100}\u57ce', '\u1820\u180b'].map((text) => [
      text,
      text,
    ]),
  ])('is read from %j', (text, name) => {
    expect(readName(text)).toBe(name)
  })

  it.each([
    ...['', ' ', '\u00a0', '\t\n', 'a/b', '/', 'a\u0000b', 'a\u001b[31mb', 'a\r\nb', 'a\u0007', 'a\u007f', 'a\u0085b'],
    // Bidirectional overrides and isolates, zero-width characters, line separators, a byte order mark, lone surrogates.
    ...[
      'a\u202eb',
      'a\u2066b',
      'a\u200bb',
      'a\u200db',
      'a\u2060b',
      'a\u2028b',
      '\ufeffab\ufeff.',
      'a\ud800',
      '\udc00a',
    ],
    // Fillers, soft hyphens, joiners, selectors with nothing to vary, annotations and tags.
    ...['\u3164', '\u115f', '\u1160', '\uffa0', '\u180e', '\u17b4', '\u2065', '\u061c', '\u206a', '\ufff9'],
    ...[
      'a\u00adb',
      'a\u034fb',
      'a\ufe0f',
      '1\ufe0f',
      '\ufe0f',
      'a\u{e0041}b',
      'a\u{e0100}',
      'a\u180bb',
      '\u26a0\ufe0f\ufe0f',
    ],
    ...['x'.repeat(256), '🧀'.repeat(256), 'x'.repeat(1_000_000), 'e\u0301'.repeat(256)],
    // What would be taken for an id.
    ...['01JE6F0CE9T94PZD8RTH9J01TJ', ' 01je6f0ce9-t94pzd8r-th9j01tj ', 'ABCDEFGHJKMNPQRSTVWXYZ0123'],
  ])('is not read from %j', (text) => {
    expect(readName(text)).toBeUndefined()
  })

  it('once read, is read as itself, is in NFC, and is never an id', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const name = readName(text)
        fc.pre(name !== undefined)
        expect(readName(name)).toBe(name)
        expect(name?.normalize('NFC')).toBe(name)
        expect(readUlid(name)).toBeUndefined()
      }),
      { numRuns: 2000 },
    )
  })

  it('is the same for two spellings of the same characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 20 }), (text) => {
        expect(readName(text.normalize('NFD'))).toBe(readName(text.normalize('NFC')))
      }),
    )
  })
})

describe('a path', () => {
  it.each([
    ['Site', 'Site'],
    [' Site / Area /Line ', 'Site/Area/Line'],
    ['a/b'.repeat(50).replaceAll('ba', 'b/a'), 'a/b'.repeat(50).replaceAll('ba', 'b/a')],
  ])('is read from %j', (text, path) => {
    expect(readPath(text)).toBe(path)
  })

  it.each([
    '',
    '/',
    'a/',
    '/a',
    'a//b',
    'a/ /b',
    `a/${'x'.repeat(256)}`,
    'a/01JE6F0CE9T94PZD8RTH9J01TJ',
    'a/'.repeat(5000),
  ])('is not read from %j', (text) => {
    expect(readPath(text)).toBeUndefined()
  })
})

describe('free text', () => {
  it.each([
    '',
    ' spaces ',
    'a\r\nb\tc',
    'x'.repeat(4000),
    '🧀'.repeat(4000),
    'a/b',
    '01JE6F0CE9T94PZD8RTH9J01TJ',
    '\u202e',
  ])('is kept as it is: %j', (text) => {
    expect(readText(text)).toBe(text)
  })

  it('is kept in NFC', () => {
    expect(readText('Cafe\u0301')).toBe('Café')
  })

  it.each([
    'a\u0000',
    '\u001b[31m',
    '\u0007',
    '\u007f',
    '\u0085',
    'a\ud800',
    '\udc00',
    'x'.repeat(4001),
    '🧀'.repeat(4001),
  ])('is not read from %j', (text) => {
    expect(readText(text)).toBeUndefined()
  })
})
