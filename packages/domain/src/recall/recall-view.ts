import type { LotStatus } from '../lot/lot-status.ts'

/** What of a lot lies at a place. */
export interface RecallStock {
  readonly locationId: string
  readonly locationPath: string
  readonly quantity: number
}

/** A live SHIP record of an affected lot. */
export interface RecallShipment {
  readonly recordId: string
  /** When it was effective. */
  readonly date: string
  readonly quantity: number
  /**
   * To whom: the first of these that the record has: destination location, secondary lot, production order, notes,
   * spare1 to spare3. Null where it has none.
   */
  readonly to: string | null
  readonly destinationLocationPath: string | null
  readonly secondaryInventoryLotId: string | null
  readonly secondaryInventoryLotName: string | null
  readonly productionOrderName: string | null
  readonly notes: string | null
  readonly spare1: string | null
  readonly spare2: string | null
  readonly spare3: string | null
}

/** The quantities of a recall: of a lot in its unit, of the whole in the unit of the total. */
export interface RecallQuantities {
  /** What lies anywhere. */
  readonly onHand: number
  /** What of it is of lots on QA_HOLD. */
  readonly held: number
  readonly shipped: number
  readonly scrapped: number
  readonly returned: number
  /** All that came in, as the records say. */
  readonly quantityIn: number
  /** All that went out, as the records say. */
  readonly quantityOut: number
  /** quantityIn − quantityOut − onHand: zero, unless something is missing or was changed behind the ledger's back. */
  readonly unexplained: number
}

/** A lot that is affected: the recalled one, or one that something of it went into, however far. */
export interface RecallLot extends RecallQuantities {
  readonly lotId: string
  readonly lotName: string
  readonly materialId: string
  readonly materialPath: string
  readonly materialName: string
  /** The least number of steps from the recalled lot; 0 = the lot itself. */
  readonly depth: number
  /** The part of it that came through the recalled lot; null where it cannot be told. It is affected all the same. */
  readonly share: number | null
  /** The same as an exact fraction, such as `3/10`. */
  readonly shareExact: string | null
  /** The unit of what the share is of, where something of another dimension went in too. Null where it is of everything. */
  readonly shareUnitOfMeasureSymbol: string | null
  readonly status: LotStatus
  readonly effectiveStatus: LotStatus
  readonly unitOfMeasureSymbol: string
  /** What its stock entries add up to, less what its rows hold. Null with `asOf`: rows are kept of the present only. */
  readonly entriesUnexplained: number | null
  /** What its records ever added, less its `totalQuantity`. Null with `asOf`. */
  readonly totalUnexplained: number | null
  /** Where it lies, by path; what is zero is left out. */
  readonly stock: readonly RecallStock[]
  /** Oldest first. */
  readonly shipments: readonly RecallShipment[]
}

/** The sums over the lots whose units convert exactly into one unit. */
export interface RecallTotal extends RecallQuantities {
  readonly unitOfMeasureSymbol: string
  /** How many lots are in it. */
  readonly lots: number
}

/** A recall: everything that a lot has reached, where it lies, and who got it. */
export interface RecallView {
  readonly lotId: string
  readonly lotName: string
  readonly materialId: string
  readonly materialPath: string
  readonly materialName: string
  /** When it was made: it shows the ledger as it was then. */
  readonly takenDate: string
  /** Only what was effective up to then is looked at; status and stock are those of then. Null = all. */
  readonly asOf: string | null
  /** Every affected lot is listed. */
  readonly complete: boolean
  /** A limit was met: more lots are affected than are listed. */
  readonly truncated: boolean
  /** Everything adds up, for every lot. */
  readonly balanced: boolean
  /** Why there are no shares; null where there are. */
  readonly sharesLeftOut: string | null
  /** What whoever reads this must know, as sentences; the most urgent first. */
  readonly warnings: readonly string[]
  readonly totals: readonly RecallTotal[]
  /** Nearest first: the recalled lot itself is the first. */
  readonly lots: readonly RecallLot[]
}
