import type { Page, Refusal } from '@lotbook/domain'
import { type Effect, Result } from 'effect'

/** Reads one page of a list, after a cursor. */
export type LoadPage<A> = (after: string | null, limit: number) => Effect.Effect<Page<A>, Refusal>
/** Runs what the inventory is asked. */
export type Run = <A>(effect: Effect.Effect<A, Refusal>) => Promise<Result.Result<A, Refusal>>

/** How many rows are read at once. */
export const rowsPerPage = 100
/** How many pages are kept. What was left behind is read again when somebody goes back to it. */
const pagesKept = 6

/**
 * A list that is read page by page and never as a whole: it keeps a few pages and the cursor of each that it has seen.
 * `version` grows with every change, for those who draw it.
 */
export class PageSource<A> {
  readonly #load: LoadPage<A>
  readonly #run: Run
  readonly #pages = new Map<number, readonly A[]>()
  /** The cursor of each page; of the one after the last, nothing. */
  readonly #cursors: (string | null)[] = [null]
  readonly #reading = new Map<number, Promise<void>>()
  readonly #listeners = new Set<() => void>()
  #end: number | undefined
  #refusal: Refusal | undefined
  #closed = false
  version = 0

  constructor(load: LoadPage<A>, run: Run) {
    this.#load = load
    this.#run = run
  }

  /** How many rows are known to exist; all of them when `isComplete`. */
  get count(): number {
    return this.#end ?? (this.#cursors.length - 1) * rowsPerPage
  }

  /** Whether the end of the list has been seen. */
  get isComplete(): boolean {
    return this.#end !== undefined
  }

  /** Why the list could not be read the last time. */
  get refusal(): Refusal | undefined {
    return this.#refusal
  }

  /** A row, where it is kept now. */
  row(index: number): A | undefined {
    return this.#pages.get(Math.floor(index / rowsPerPage))?.[index % rowsPerPage]
  }

  /** Reads what is missing of the rows from `from` up to and including `to`, as far as the list goes. */
  async ensure(from: number, to: number): Promise<void> {
    const last = Math.floor(Math.max(0, to) / rowsPerPage)
    for (let page = Math.floor(Math.max(0, from) / rowsPerPage); page <= last; page += 1)
      if (!this.#pages.has(page)) await this.#reach(page)
  }

  /** Reads the kept pages between two rows again, and the end of the list where it is among them. */
  async refresh(from: number, to: number): Promise<void> {
    const [first, last] = [from, to].map((row) => Math.floor(Math.max(0, row) / rowsPerPage)) as [number, number]
    for (const page of [...this.#pages.keys()]) if (page < first || page > last) this.#pages.delete(page)
    for (let page = first; page <= last && page < this.#cursors.length; page += 1) await this.#read(page)
  }

  /** Stops telling anybody anything. */
  close(): void {
    this.#closed = true
    this.#listeners.clear()
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  async #reach(page: number): Promise<void> {
    // A cursor comes only with the page before.
    while (this.#cursors.length <= page) {
      const before = this.#cursors.length
      if (this.isComplete || this.#closed) return
      await this.#read(before - 1)
      if (this.#cursors.length === before) return
    }
    await this.#read(page)
  }

  #read(page: number): Promise<void> {
    const reading = this.#reading.get(page)
    if (reading !== undefined) return reading
    const started = this.#readNow(page).finally(() => this.#reading.delete(page))
    this.#reading.set(page, started)
    return started
  }

  async #readNow(page: number): Promise<void> {
    const answer = await this.#run(this.#load(this.#cursors[page] ?? null, rowsPerPage))
    if (this.#closed) return
    if (Result.isFailure(answer)) this.#refusal = answer.failure
    else this.#keep(page, answer.success)
    this.version += 1
    for (const listener of this.#listeners) listener()
  }

  #keep(page: number, { items, next }: Page<A>): void {
    this.#refusal = undefined
    this.#pages.delete(page)
    this.#pages.set(page, items)
    for (const old of this.#pages.keys()) if (this.#pages.size > pagesKept) this.#pages.delete(old)
    if (next === null) {
      this.#end = page * rowsPerPage + items.length
      this.#cursors.length = page + 1
    } else {
      this.#cursors[page + 1] = next
      if (this.#end !== undefined && this.#end <= (page + 1) * rowsPerPage) this.#end = undefined
    }
  }
}
