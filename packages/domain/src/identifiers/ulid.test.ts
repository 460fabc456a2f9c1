import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeUlidSource, readUlid, showUlid, type Ulid, ulidPattern } from './ulid.ts'

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const canonical = fc
  .array(fc.constantFrom(...crockford), { minLength: 26, maxLength: 26 })
  .map((characters) => characters.join(''))

const some = '01JE6F0CE9T94PZD8RTH9J01TJ'

describe('a ULID', () => {
  it('is read in any case, with hyphens anywhere or nowhere, as its canonical form', () => {
    const hyphens = fc.array(fc.nat({ max: 25 }), { maxLength: 5 })
    fc.assert(
      fc.property(canonical, hyphens, fc.nat({ max: 2 ** 26 - 1 }), (ulid, places, cases) => {
        const written = [...ulid]
          .map((character, at) => ((cases >> at) & 1 ? character.toLowerCase() : character))
          .map((character, at) => (places.includes(at) ? `-${character}` : character))
          .join('')
        expect(readUlid(written)).toBe(ulid)
        expect(written).toMatch(ulidPattern)
      }),
    )
  })

  it('is shown in groups of 10, 8 and 8, and read back', () => {
    expect(showUlid(some as Ulid)).toBe('01JE6F0CE9-T94PZD8R-TH9J01TJ')
    fc.assert(
      fc.property(canonical, (ulid) => {
        expect(showUlid(ulid as Ulid)).toMatch(/^[0-9A-Z]{10}-[0-9A-Z]{8}-[0-9A-Z]{8}$/u)
        expect(readUlid(showUlid(ulid as Ulid))).toBe(ulid)
      }),
    )
  })

  it.each([
    ...['', '-', 'A', some.slice(1), `${some}0`, ` ${some}`, `${some} `, `${some}\n`],
    // Letters that Crockford leaves out, and letters of other scripts that fold to his.
    ...[...'ILOUilou'].map((letter) => letter + some.slice(1)),
    ...['ſ', '\u212a', 'ß', '０', 'é', '\u0000', '_', '–'].map((letter) => some.slice(1) + letter),
    ...[`${some.slice(2)}ß`, '2f1acc6c-e1f5-4b1f-8c3e-6f1f8c3e6f1f', '-'.repeat(1_000_000), 'A'.repeat(1_000_000)],
    ...[`${'-'.repeat(1_000_000)}${some}`, `${some}${'-'.repeat(39)}`],
  ])('is not read from %j', (text) => {
    expect(readUlid(text)).toBeUndefined()
  })
})

describe('a source of ULIDs', () => {
  it('gives ids that rise strictly, through one instant, later ones and a clock set back', () => {
    const next = makeUlidSource()
    const now = Date.UTC(2026, 10, 23)
    const moments = [now, now, now + 1, now - 1000, now + 1, now + 2 ** 20, now + 2 ** 21, now]
    const ids = moments.flatMap((at) => Array.from({ length: 500 }, () => next(at)))
    expect(ids).toEqual([...ids].sort())
    expect(new Set(ids).size).toBe(ids.length)
    for (const id of ids) expect(readUlid(id)).toBe(id)
  })

  it('puts the time first, as the specification says', () => {
    expect(makeUlidSource()(1_469_918_176_385)).toMatch(/^01ARYZ6S41/u)
    expect(makeUlidSource()(0)).toMatch(/^0000000000/u)
    expect(makeUlidSource()(2 ** 48 - 1)).toMatch(/^7ZZZZZZZZZ/u)
  })

  it('gives other ids than another source', () => {
    const [one, other] = [makeUlidSource(), makeUlidSource()]
    const ids = Array.from({ length: 5000 }, (_, n) => [one(n), other(n)]).flat()
    expect(new Set(ids).size).toBe(10_000)
  })
})
