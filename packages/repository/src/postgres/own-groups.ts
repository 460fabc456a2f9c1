import type { LedgerHead } from '../ledger-head.ts'
import { isSameHead } from './hold-head.ts'
import type { Touched } from './touched.ts'

/** A group that was committed: the head that it found, the one that it left, and what it wrote. */
export interface OwnGroup {
  readonly before: LedgerHead
  readonly after: LedgerHead
  readonly touched: Touched
}

/** What was written since something was read, and the head that is there now, if no other process has written. */
export interface Since {
  readonly head: LedgerHead
  readonly touched: readonly Touched[]
}

// Whoever has read earlier than that reads again.
const most = 8

/** The last groups that this process has committed, each found the head that the one before it left. */
export class OwnGroups {
  #groups: readonly OwnGroup[] = []

  /** Nobody knows what was written. */
  clear(): void {
    this.#groups = []
  }

  add(group: OwnGroup): void {
    if (isSameHead(group.before, group.after)) return
    const last = this.#groups.at(-1)
    const goesOn = last !== undefined && isSameHead(last.after, group.before)
    this.#groups = [...(goesOn ? this.#groups.slice(1 - most) : []), group]
  }

  since(head: LedgerHead): Since {
    const from = this.#groups.findIndex(({ before }) => isSameHead(before, head))
    const groups = from === -1 ? [] : this.#groups.slice(from)
    return { head: groups.at(-1)?.after ?? head, touched: groups.map(({ touched }) => touched) }
  }
}
