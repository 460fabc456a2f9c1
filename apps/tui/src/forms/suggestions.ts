import type { Caller, Inventory, LotRecordType, Page, Refusal } from '@lotbook/domain'
import { Effect } from 'effect'
import type { FormField } from './form-fields.ts'

/** Something that a field may be completed to. */
export interface Suggestion {
  /** What is written into the field. */
  readonly text: string
  /** What the request says in its place, where that is another: an id. */
  readonly wire: string
  /** More about it, for people. */
  readonly about: string
}

type Texts = Readonly<Record<string, string>>

/** What suggestions are looked up with. */
export interface Asking {
  readonly inventory: Inventory
  readonly caller: Caller
  readonly lotRecordType: LotRecordType | undefined
  /** Everything that is written in the form. */
  readonly texts: Texts
}

type Look = (asking: Asking, field: FormField, text: string) => Effect.Effect<readonly Suggestion[], Refusal>

// As much of master data as completion looks through; who has more writes the path out.
const most = 1000
const pageOf = 200

const everything = <A>(
  find: (query: unknown, caller: Caller) => Effect.Effect<Page<A>, Refusal>,
  caller: Caller,
): Effect.Effect<readonly A[], Refusal> =>
  Effect.gen(function* () {
    const all: A[] = []
    let cursor: string | null = null
    do {
      const page: Page<A> = yield* find({ limit: pageOf, ...(cursor !== null && { cursor }) }, caller)
      all.push(...page.items)
      cursor = page.next
    } while (cursor !== null && all.length < most)
    return all
  })

const same = (text: string, about = ''): Suggestion => ({ text, wire: text, about })

const withId = ({ field }: FormField, text: string, id: string | null, about = ''): Suggestion => ({
  text,
  wire: field.kind === 'ulid' ? (id ?? text) : text,
  about,
})

const locations: Look = ({ inventory, caller }, field) =>
  Effect.map(everything(inventory.findLocations, caller), (all) => all.map(({ path, id }) => withId(field, path, id)))

const materials: Look = ({ inventory, caller }, field) =>
  Effect.map(everything(inventory.findMaterials, caller), (all) => all.map(({ path, id }) => withId(field, path, id)))

const units: Look = ({ inventory, caller }, field) =>
  Effect.map(everything(inventory.findUnits, caller), (all) =>
    all.map(({ symbol, name, id }) => withId(field, symbol, id, name)),
  )

const reasons: Look = ({ inventory, caller, lotRecordType }, field) =>
  Effect.map(
    everything((query, who) => inventory.findReasonCodes(query, who, lotRecordType), caller),
    (all) => all.map(({ reasonCode, id, description }) => withId(field, reasonCode, id, description ?? '')),
  )

const lots: Look = ({ inventory, caller, texts }, field, text) => {
  const material = texts['materialIdOrPath'] ?? ''
  const ofMaterial = material === '' ? {} : { material }
  // The lot of exactly that name first: among many that contain it, it might not come up.
  const queries =
    text === ''
      ? [{ limit: 20 }]
      : [
          { name: text, limit: 20 },
          { nameContains: text, limit: 20 },
        ]
  return Effect.map(
    Effect.forEach(queries, (query) => inventory.listLots({ ...query, ...ofMaterial }, caller)),
    (pages) => {
      const found = [...new Map(pages.flatMap(({ items }) => items).map((lot) => [lot.id, lot])).values()]
      return found.map(({ name, id, effectiveStatus, onHand, unitOfMeasureSymbol, materialPath }) => {
        const about = `${effectiveStatus} ${onHand} ${unitOfMeasureSymbol}`
        const isAlone = found.filter((lot) => lot.name === name).length === 1
        // Where lots of several materials have the name, only the id says which.
        return isAlone || field.field.kind !== 'ulid'
          ? withId(field, name, id, about)
          : same(id ?? name, `${name} ${materialPath} ${about}`)
      })
    },
  )
}

// All that lies of the lot at the location, so that nobody types out what the ledger knows.
const quantities: Look = ({ inventory, caller, texts }) => {
  const written = (...names: readonly string[]): string =>
    names.map((name) => texts[name] ?? '').find((value) => value !== '') ?? ''
  const lot = written('lotIdOrName', 'sourceLotId')
  const location = written('sourceLocationIdOrPath', 'locationIdOrPath')
  const material = written('materialIdOrPath')
  const unit = written('unitOfMeasureSymbol')
  if (lot === '') return Effect.succeed([])
  const query = { lot, limit: 2, ...(location !== '' && { location }), ...(material !== '' && { material }) }
  return Effect.map(inventory.findInventory(query, caller), ({ items: [row, other] }) => {
    const isAll = row !== undefined && other === undefined && (unit === '' || row.unitOfMeasureSymbol === unit)
    return isAll ? [same(`${row.quantity}`, `${row.unitOfMeasureSymbol}, all of it at ${row.locationPath}`)] : []
  })
}

// By the name of the field; the first that fits says.
const looks: readonly (readonly [RegExp, Look])[] = [
  [/^quantity$/u, quantities],
  [/location/iu, locations],
  [/material(?!ReasonCode)/iu, materials],
  [/reasonCode/iu, reasons],
  [/unitOfMeasure/iu, units],
  [/^(?!.*Name$).*lot(?:Id)?(?:OrName)?$|lotIdOrName$/iu, lots],
]

/** What a field may be completed to, before what is written is looked at. */
export const suggestionsFor: Look = (asking, field, text) => {
  const { kind, words } = field.field
  if (kind === 'word') return Effect.succeed(words.map((word) => same(word)))
  if (kind === 'flag') return Effect.succeed([same('yes'), same('no')])
  const look = looks.find(([name]) => name.test(field.name))?.[1]
  return look === undefined ? Effect.succeed([]) : look(asking, field, text)
}

/** Those that fit what is written: at the start of the text or of one of its parts, then anywhere. */
export const fitting = (all: readonly Suggestion[], text: string): readonly Suggestion[] => {
  const wanted = text.toLowerCase()
  const rank = ({ text: one }: Suggestion): number => {
    const lower = one.toLowerCase()
    if (lower.startsWith(wanted)) return 0
    if (lower.split(/[/ -]/u).some((part) => part.startsWith(wanted))) return 1
    return lower.includes(wanted) ? 2 : 3
  }
  return all
    .map((suggestion) => ({ suggestion, place: rank(suggestion) }))
    .filter(({ place }) => place < 3)
    .toSorted((one, other) => one.place - other.place)
    .map(({ suggestion }) => suggestion)
}
