import { Recent } from './recent.ts'
import type { KeyRange, LedgerEnd, RecordChanges } from './record-changes.ts'

/** A page of records as JSON. */
export interface RecordPage {
  readonly bytes: Uint8Array
  /** The records that it shows or would show, had they other values: of no other does it depend. */
  readonly range: KeyRange
  /** Where the ledger ended when the page was made, or when it was last found to hold still. */
  readonly end: LedgerEnd
}

interface KeptPage extends RecordPage {
  end: LedgerEnd
}

/** How many bytes of pages are kept: half of them in any case, those that were asked for last. */
const mostBytes = 64 * 1024 * 1024

/** Pages by what was asked. */
export class RecordPages {
  readonly #kept: Recent<string, KeptPage>

  constructor(most: number = mostBytes) {
    this.#kept = new Recent(most, ({ bytes }) => bytes.length)
  }

  has(query: string): boolean {
    return this.#kept.find(query) !== undefined
  }

  /** A page, if it is what it would be where the changes end. */
  get(query: string, changes: RecordChanges): Uint8Array | undefined {
    const page = this.#kept.find(query)
    const end = page && changes.endIfSame(page.end, page.range)
    if (page === undefined || end === undefined) return undefined
    page.end = end
    this.#kept.keep(query, page)
    return page.bytes
  }

  set(query: string, page: RecordPage): void {
    this.#kept.keep(query, { ...page })
  }
}
