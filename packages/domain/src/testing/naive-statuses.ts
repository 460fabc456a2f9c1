import { expect } from 'vitest'
import type { LotStatus } from '../lot/lot-status.ts'
import type { LotView } from '../views/lot-view.ts'
import type { Command } from './random-command.ts'

interface Effect {
  readonly id: string
  readonly kind: Command['kind'] | 'KEPT'
  readonly lot: string
  readonly to: LotStatus
}

/**
 * The statuses of lots as simply as they can be said: each is the last that a record which still stands has set.
 * Stock that comes back to a shipped lot is stock again; where a customer return is taken back, what came back since may
 * keep the lot on hold. After a correction nothing is said: it may change what was set.
 */
export class NaiveStatuses {
  #begun = new Map<string, LotStatus>()
  #effects: readonly Effect[] = []
  #seen = new Map<string, LotStatus>()
  /** The lots of customer returns that the step took back. */
  #returns: readonly string[] = []
  #sure = true

  takeBack(ids: readonly string[]): void {
    const gone = this.#effects.filter(({ id, kind }) => ids.includes(id) && kind === 'RECEIVE')
    this.#returns = [...this.#returns, ...gone.map(({ lot }) => lot)]
    this.#effects = this.#effects.filter(({ id }) => !ids.includes(id))
  }

  #now(lot: string): LotStatus | undefined {
    return this.#effects.findLast((effect) => effect.lot === lot)?.to ?? this.#begun.get(lot)
  }

  /** Learns what a step did, or where it took something back, holds it against what it should be. */
  compare(
    lots: readonly Pick<LotView, 'name' | 'status' | 'onHand'>[],
    wrote: { readonly kind: Command['kind']; readonly id: string } | undefined,
  ): void {
    if (wrote?.kind === 'CORRECT') this.#sure = false
    for (const { name, status, onHand } of lots) {
      const isKept = this.#returns.includes(name) && onHand > 0 && this.#seen.get(name) === 'QA_HOLD'
      this.#seen.set(name, status)
      if (isKept && status === 'QA_HOLD' && this.#now(name) !== status) {
        this.#effects = [...this.#effects, { id: '', kind: 'KEPT', lot: name, to: status }]
        continue
      }
      if (!this.#begun.has(name) && !(wrote?.kind === 'SPLIT')) this.#begun.set(name, status)
      if (!this.#begun.has(name)) this.#begun.set(name, 'OPEN')
      if (this.#now(name) === 'SHIPPED' && onHand > 0 && wrote?.kind !== 'RECEIVE')
        this.#effects = this.#effects.filter(({ lot, to }) => lot !== name || to !== 'SHIPPED')
      if (this.#now(name) === status || !this.#sure) continue
      const undoes = wrote === undefined || wrote.kind === 'REVERSE' || wrote.kind === 'CASCADE'
      expect({ name, status: undoes ? status : '' }).toEqual({ name, status: undoes ? this.#now(name) : '' })
      if (wrote !== undefined && !undoes) this.#effects = [...this.#effects, { ...wrote, lot: name, to: status }]
    }
    this.#returns = []
  }
}
