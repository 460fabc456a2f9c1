/** One event as it came, or an id alone. */
export interface Received {
  readonly id: string | null
  readonly event: string | null
  readonly data: string | null
}

/** A stream that is read, block by block. */
export interface Reading {
  readonly status: number
  /** The next block that is no comment; undefined at the end. */
  readonly next: () => Promise<Received | undefined>
  /** The comments so far. */
  readonly comments: readonly string[]
  /** Hangs up. */
  readonly cut: () => Promise<void>
}

const fieldOf = (block: string, name: string): string | null => {
  const values = block
    .split('\n')
    .filter((line) => line.startsWith(`${name}:`))
    .map((line) => line.slice(name.length + 1).replace(/^ /u, ''))
  return values.length === 0 ? null : values.join('\n')
}

/** Reads server-sent events over fetch. */
export const readEvents = async (url: string, headers: Readonly<Record<string, string>>): Promise<Reading> => {
  const hangUp = new AbortController()
  const answer = await fetch(url, { headers, signal: hangUp.signal })
  const reader = answer.body?.getReader()
  const decoder = new TextDecoder()
  const comments: string[] = []
  let text = ''
  const next = async (): Promise<Received | undefined> => {
    for (;;) {
      const end = text.indexOf('\n\n')
      if (end >= 0) {
        const block = text.slice(0, end)
        text = text.slice(end + 2)
        if (!block.startsWith(':'))
          return { id: fieldOf(block, 'id'), event: fieldOf(block, 'event'), data: fieldOf(block, 'data') }
        comments.push(block.slice(2))
        continue
      }
      const read = await reader?.read()
      if (read === undefined || read.done) return undefined
      text += decoder.decode(read.value, { stream: true })
    }
  }
  const cut = async (): Promise<void> => {
    hangUp.abort()
    await reader?.cancel().catch(() => 'it is cut')
  }
  return { status: answer.status, next, comments, cut }
}
