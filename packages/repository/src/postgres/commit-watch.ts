import { onConnection } from './lane.ts'
import type { Connections } from './transaction.ts'

/** How often it is asked whether another process has written, in milliseconds. */
const interval = 200

/** Tells listeners of commits: of this process at once, of others on the same database within {@link interval}. */
export class CommitWatch {
  readonly #connections: Connections
  readonly #listeners = new Set<() => void>()
  #timer: NodeJS.Timeout | undefined
  #seen: string | undefined

  constructor(connections: Connections) {
    this.#connections = connections
  }

  readonly tell = (): void => {
    for (const listener of [...this.#listeners]) listener()
  }

  readonly watch = (listener: () => void): (() => void) => {
    // Each has a function of its own, so that one that watches twice is told twice.
    const told = () => listener()
    this.#listeners.add(told)
    if (this.#timer === undefined && !this.#connections.closing) this.#wait()
    return () => {
      this.#listeners.delete(told)
    }
  }

  #wait(): void {
    this.#timer = setTimeout(() => void this.#look(), interval).unref()
  }

  // One question at a time, however slow the database is.
  async #look(): Promise<void> {
    this.#timer = undefined
    if (this.#listeners.size === 0 || this.#connections.closing) return
    const now = await this.#head()
    if (now !== this.#seen) {
      this.#seen = now
      this.tell()
    }
    if (!this.#connections.closing) this.#wait()
  }

  /** What changes when anybody writes a version or a webhook; another each time where the database cannot be asked. */
  async #head(): Promise<string> {
    try {
      const { rows } = await onConnection(this.#connections.lookups, (client) =>
        client.query<{ head: string; hooks: string | null }>(
          'select head, (select sum(version) from webhook) as hooks from ledger_head where id = 1',
        ),
      )
      return `${rows[0]?.head} ${rows[0]?.hooks}`
    } catch {
      // Whoever listens reads now, and hears from that reading what is wrong.
      return `unreadable ${performance.now()}`
    }
  }
}
