import type { Page, Refusal } from '@lotbook/domain'
import { Effect } from 'effect'
import type { AppParts } from './app.ts'
import { type Answer, ok } from './operation.ts'
import { makeTextStream } from './text-stream.ts'

/** One page of a list, after a cursor. */
type PageAfter = (after: string | null) => Effect.Effect<Page<unknown>, Refusal>

const members = ({ items }: Page<unknown>): string => items.map((item) => JSON.stringify(item)).join(',')

async function* arrayText(first: Page<unknown>, pageAfter: PageAfter): AsyncGenerator<string> {
  yield `[${members(first)}`
  for (let { next } = first; next !== null; ) {
    const page: Page<unknown> = await Effect.runPromise(pageAfter(next))
    if (page.items.length > 0) yield `,${members(page)}`
    next = page.next
  }
  yield ']'
}

/** Every row of a list as one JSON array. What does not fit on one page is sent page by page, and never held as a whole. */
export const jsonArray = (parts: AppParts, pageAfter: PageAfter): Effect.Effect<Answer, Refusal> =>
  Effect.map(pageAfter(null), (first) =>
    first.next === null
      ? ok(first.items)
      : { status: 200, stream: makeTextStream(arrayText(first, pageAfter), { log: parts.log }).body },
  )
