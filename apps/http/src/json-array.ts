import type { Page, Refusal } from '@lotbook/domain'
import { Effect } from 'effect'
import type { AppParts } from './app.ts'
import { type Answer, ok } from './operation.ts'

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

// A page is asked for when the client has room for it: a slow client is waited for, and one that has gone costs nothing.
const streamOf = (text: AsyncGenerator<string>, { log }: AppParts): ReadableStream<Uint8Array> => {
  const encoder = new TextEncoder()
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        try {
          const { done, value } = await text.next()
          if (done === true) controller.close()
          else controller.enqueue(encoder.encode(value))
        } catch (cause) {
          // The status is long sent: a broken connection is all that still tells the client that rows are missing.
          log({ level: 'error', message: 'an answer was cut off', cause })
          controller.error(cause)
        }
      },
      cancel: async () => {
        await text.return(undefined)
      },
    },
    { highWaterMark: 0 },
  )
}

/** Every row of a list as one JSON array. What does not fit on one page is sent page by page, and never held as a whole. */
export const jsonArray = (parts: AppParts, pageAfter: PageAfter): Effect.Effect<Answer, Refusal> =>
  Effect.map(pageAfter(null), (first) =>
    first.next === null ? ok(first.items) : { status: 200, stream: streamOf(arrayText(first, pageAfter), parts) },
  )
