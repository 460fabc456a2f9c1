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
  const query = { limit: 20, ...(text !== '' && { nameContains: text }), ...(material !== '' && { material }) }
  return Effect.map(inventory.listLots(query, caller), ({ items }) =>
    items.map(({ name, id, effectiveStatus, onHand, unitOfMeasureSymbol }) =>
      withId(field, name, id, `${effectiveStatus} ${onHand} ${unitOfMeasureSymbol}`),
    ),
  )
}

// By the name of the field; the first that fits says.
const looks: readonly (readonly [RegExp, Look])[] = [
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
