/** The secret that tests give the first key. */
export const adminKey = 'a-secret-of-the-tests'

/** What the server answered. */
export interface Answered {
  readonly status: number
  readonly body: Record<string, unknown>
  readonly replayed: boolean
}

/** Calls the API of a server. */
export interface Client {
  readonly get: (path: string) => Promise<Answered>
  readonly post: (path: string, body: unknown, idempotencyKey?: string) => Promise<Answered>
}

/** Makes a client that calls with a key. */
export const makeClient = (url: string, key = adminKey): Client => {
  const call = async (method: string, path: string, more: { headers?: Record<string, string>; body?: string }) => {
    const answer = await fetch(url + path, {
      ...more,
      method,
      headers: { Authorization: `Bearer ${key}`, ...more.headers },
    })
    const body = (await answer.json()) as Record<string, unknown>
    return { status: answer.status, body, replayed: answer.headers.get('idempotency-replayed') === 'true' }
  }
  return {
    get: (path) => call('GET', path, {}),
    post: (path, body, idempotencyKey) =>
      call('POST', path, {
        body: JSON.stringify(body),
        headers: {
          'Content-Type': 'application/json',
          ...(idempotencyKey !== undefined && { 'Idempotency-Key': idempotencyKey }),
        },
      }),
  }
}

/** The items of a list. */
export const itemsOf = ({ body }: Answered): readonly Record<string, unknown>[] =>
  body['items'] as readonly Record<string, unknown>[]

/** All items of a list, page by page. */
export const allItems = async (client: Client, path: string): Promise<readonly Record<string, unknown>[]> => {
  const items: Record<string, unknown>[] = []
  let next: unknown = ''
  while (typeof next === 'string') {
    const page: Answered = await client.get(
      `${path}&limit=200${next === '' ? '' : `&cursor=${encodeURIComponent(next)}`}`,
    )
    items.push(...itemsOf(page))
    next = page.body['next']
  }
  return items
}
