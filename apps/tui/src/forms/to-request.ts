import { type Refusal, readUlid } from '@lotbook/domain'
import { Effect } from 'effect'
import type { FormField } from './form-fields.ts'
import { type Asking, suggestionsFor } from './suggestions.ts'

const flags: Readonly<Record<string, boolean>> = { yes: true, y: true, true: true, no: false, n: false, false: false }

/** A day alone is taken as its first moment, UTC. */
const instant = (text: string): string => (/^\d{4}-\d{2}-\d{2}$/u.test(text) ? `${text}T00:00:00Z` : text)

/** One value as the request says it. What cannot be read goes as it is, and the ledger says what is wrong with it. */
const wireOf = (asking: Asking, field: FormField, text: string): Effect.Effect<unknown, Refusal> => {
  const { kind } = field.field
  if (kind === 'flag') return Effect.succeed(flags[text.toLowerCase()] ?? text)
  if (kind === 'instant') return Effect.succeed(instant(text))
  if (kind === 'number') return Effect.succeed(/^\d+$/u.test(text) ? Number(text) : text)
  // Where the ledger wants an id, people write the name.
  if (kind === 'ulid' && readUlid(text) === undefined)
    return Effect.map(
      suggestionsFor(asking, field, text),
      (all) => all.find((suggestion) => suggestion.text === text)?.wire ?? text,
    )
  return Effect.succeed(text)
}

/** The request that a form's texts come to: what is empty is left out. */
export const toRequest = (
  asking: Asking,
  fields: readonly FormField[],
): Effect.Effect<Readonly<Record<string, unknown>>, Refusal> =>
  Effect.map(
    Effect.forEach(
      fields.filter(({ name }) => (asking.texts[name] ?? '').trim() !== ''),
      (field) =>
        Effect.map(wireOf(asking, field, (asking.texts[field.name] ?? '').trim()), (value) => [field.name, value]),
    ),
    (entries) => Object.fromEntries(entries) as Readonly<Record<string, unknown>>,
  )
