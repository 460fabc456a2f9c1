import type { KnownLot } from '../genealogy/genealogy.ts'

/** Where the material of a trace is, or where it began. */
export interface End {
  readonly name: string
  readonly about: string
  readonly lots: readonly KnownLot[]
}

interface Kind {
  readonly name: string
  readonly about: string
  readonly holds: (lot: KnownLot, isTerminal: boolean, isScrapped: boolean) => boolean
}

// In this order: a lot that has stock is on hand, whatever else it went into.
const kinds: readonly Kind[] = [
  {
    name: 'On hand',
    about: 'Stock lies here now, also of lots that went on or were shipped in part.',
    holds: ({ onHand, reach }) => onHand > 0 && reach !== 'ANCESTOR',
  },
  {
    name: 'Shipped whole',
    about: 'With customers to the last piece. The recall report tells every shipment, also of lots that are on hand.',
    holds: ({ effectiveStatus, reach }, isTerminal) =>
      isTerminal && reach !== 'ANCESTOR' && effectiveStatus === 'SHIPPED',
  },
  {
    name: 'Scrapped',
    about: 'Nothing is on hand, and SCRAP records say why.',
    holds: ({ reach }, isTerminal, isScrapped) => isTerminal && reach !== 'ANCESTOR' && isScrapped,
  },
  {
    name: 'Used up or closed',
    about: 'Nothing is on hand, and no record says into what it went. The history of the lot says how it left.',
    holds: ({ reach }, isTerminal) => isTerminal && reach !== 'ANCESTOR',
  },
  {
    name: 'Origins',
    about: 'Where the traced lot began: nothing is known from before.',
    holds: ({ reach }, isTerminal) => isTerminal && reach === 'ANCESTOR',
  },
]

/** Sorts the lots at which a trace ends by what became of them. Every lot is told once. */
export const endsOf = (
  lots: readonly KnownLot[],
  terminal: ReadonlySet<string>,
  scrapped: ReadonlySet<string>,
): readonly End[] => {
  const told = new Set<string>()
  return kinds.map(({ name, about, holds }) => {
    const held = lots.filter(
      (lot) => !told.has(lot.lotId) && holds(lot, terminal.has(lot.lotId), scrapped.has(lot.lotId)),
    )
    for (const { lotId } of held) told.add(lotId)
    return { name, about, lots: held }
  })
}

/** What is on hand of some lots, by unit: units are not added to each other. */
export const onHandByUnit = (lots: readonly KnownLot[]): readonly string[] => {
  const sums = new Map<string, number>()
  // Added in millionths, so that the sum is exact.
  for (const { onHand, unitOfMeasureSymbol } of lots)
    sums.set(unitOfMeasureSymbol, (sums.get(unitOfMeasureSymbol) ?? 0) + Math.round(onHand * 1_000_000))
  return Array.from(sums, ([unit, sum]) => `${sum / 1_000_000} ${unit}`)
}
