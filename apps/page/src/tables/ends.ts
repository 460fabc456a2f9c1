import type { RecallLot, TraceNode, TraceView } from '@lotbook/domain'

/** A lot, and how much of it ended so: in its own unit. */
export interface Ended {
  readonly lot: TraceNode
  readonly quantity: number
}

/** Where the material of a trace is, or where it began. */
export interface End {
  readonly name: string
  readonly about: string
  readonly lots: readonly Ended[]
}

interface Kind extends Omit<End, 'lots'> {
  /** How much ended so; undefined where nothing did. */
  readonly of: (lot: RecallLot, goesOn: boolean) => number | undefined
}

const some = (quantity: number): number | undefined => (quantity === 0 ? undefined : quantity)

// What records say, and not what the status suggests: a lot that was shipped may have gone on too, and expires one day.
const kinds: readonly Kind[] = [
  {
    name: 'On hand',
    about: 'Stock lies somewhere, also of lots that went on or were shipped in part.',
    of: ({ stock, onHand }) => (stock.length === 0 ? undefined : onHand),
  },
  {
    name: 'Shipped',
    about: 'Whole or in part, also of lots that went on. The recall report tells every shipment and to whom.',
    of: ({ shipped }) => some(shipped),
  },
  { name: 'Returned', about: 'RETURN records took it out.', of: ({ returned }) => some(returned) },
  { name: 'Scrapped', about: 'SCRAP records say why.', of: ({ scrapped }) => some(scrapped) },
  {
    name: 'Used up or closed',
    about: 'Nothing is on hand, and no record says into what it went. The history of the lot says how it left.',
    of: ({ stock, shipped, returned, scrapped }, goesOn) =>
      goesOn || stock.length > 0 || shipped !== 0 || returned !== 0 || scrapped !== 0 ? undefined : 0,
  },
]

/**
 * Sorts the lots of a trace by what became of them, as the recall of the traced lot tells it, and tells where it began. A
 * lot that ended in two ways is told twice. Without a recall only the origins are told.
 */
export const endsOf = (
  { nodes }: Pick<TraceView, 'nodes'>,
  recalled: ReadonlyMap<string, RecallLot> | undefined,
  shown: Pick<ReadonlySet<string>, 'has'>,
): readonly End[] => {
  const listed = nodes.filter(({ lotId }) => shown.has(lotId))
  const reached = listed.filter(({ reach }) => reach !== 'ANCESTOR')
  const endedIn = ({ of }: Kind, lots: ReadonlyMap<string, RecallLot>): readonly Ended[] =>
    reached.flatMap((lot) => {
      const told = lots.get(lot.lotId)
      // Of the traced lot `terminal` speaks of both directions.
      const goesOn = lot.reach === 'SELF' ? lots.size > 1 : !lot.terminal
      const quantity = told && of(told, goesOn)
      return quantity === undefined ? [] : [{ lot, quantity }]
    })
  const origins = listed.filter(({ reach, terminal }) => terminal && reach === 'ANCESTOR')
  return [
    ...(recalled === undefined
      ? []
      : kinds.map((kind) => ({ name: kind.name, about: kind.about, lots: endedIn(kind, recalled) }))),
    {
      name: 'Origins',
      about: 'Where the traced lot began: nothing is known from before. What is left of it is on hand.',
      lots: origins.map((lot) => ({ lot, quantity: lot.onHand })),
    },
  ]
}

/** How many lots go further than the depth that was asked for. */
export const goesFurther = ({ nodes, depth }: Pick<TraceView, 'nodes' | 'depth'>): number =>
  nodes.filter((node) => node.depth === depth && !node.terminal).length

/** How much it is in all, by unit: units are not added to each other. */
export const sumsByUnit = (lots: readonly Ended[]): readonly string[] => {
  const sums = new Map<string, number>()
  // Added in millionths, so that the sum is exact.
  for (const { quantity, lot } of lots)
    sums.set(lot.unitOfMeasureSymbol, (sums.get(lot.unitOfMeasureSymbol) ?? 0) + Math.round(quantity * 1_000_000))
  return Array.from(sums, ([unit, sum]) => `${sum / 1_000_000} ${unit}`)
}
