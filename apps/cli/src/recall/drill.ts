import { randomInt } from 'node:crypto'
import { type LotView, NotFound, type RecallView } from '@lotbook/domain'
import { Effect } from 'effect'
import type { Access } from '../access.ts'
import { forTerminal } from '../terminal-text.ts'
import { totalLines } from './recall-lines.ts'

/** A recall that was only to see how long it takes. */
export interface Drill {
  readonly recall: RecallView
  readonly seconds: number
  readonly wasRandom: boolean
}

const oneOf = <A>(items: readonly A[]): A | undefined =>
  items.length === 0 ? undefined : items[randomInt(items.length)]

// From so many lots with stock, the newest ones, one is drawn; then one of those that it was made of.
const newest = 200
const ancestors = 1000

/** A lot drawn at random of which something is still on hand, in itself or in what it was made into. */
const drawn = async ({ inventory, caller }: Access): Promise<string> => {
  const query = { onHand: true, newestFirst: true, limit: newest }
  const { items } = await Effect.runPromise(inventory.listLots(query, caller))
  const lot: LotView | undefined = oneOf(items)
  if (lot === undefined) throw new NotFound({ kind: 'lot with stock', idOrName: 'any' })
  const up = { direction: 'ANCESTORS', limit: ancestors }
  const { nodes } = await Effect.runPromise(inventory.traceLot(lot.id ?? '', up, caller))
  return oneOf(nodes)?.lotId ?? lot.id ?? ''
}

/** Recalls a lot, a random one unless it is named, and takes the time. Nothing is written. */
export const drill = async (access: Access, named: string | undefined): Promise<Drill> => {
  const lot = named ?? (await drawn(access))
  const started = performance.now()
  const recall = await Effect.runPromise(access.inventory.recallLot(lot, {}, access.caller))
  return { recall, seconds: (performance.now() - started) / 1000, wasRandom: named === undefined }
}

/** What a drill found, for programs. */
export const drillJson = ({ recall, seconds, wasRandom }: Drill): unknown => {
  const { lotId, lotName, materialPath, takenDate, complete, balanced, totals, lots } = recall
  return { lotId, lotName, materialPath, takenDate, wasRandom, seconds, lots: lots.length, complete, balanced, totals }
}

/** What a drill found, for people. */
export const drillLines = ({ recall, seconds, wasRandom }: Drill): readonly string[] => [
  `lot       ${forTerminal(recall.lotName)} (${forTerminal(recall.materialPath)})${wasRandom ? ', drawn at random' : ''}`,
  `seconds   ${seconds.toFixed(3)}`,
  `affected  ${recall.lots.length}`,
  ...totalLines(recall).map((line) => `in all    ${line}`),
  `complete  ${recall.complete ? 'yes' : 'NO'}`,
  `adds up   ${recall.balanced ? 'yes' : 'NO'}`,
]
