import { findLocation, findLot, type Ref, type Scope, type Ulid } from '@lotbook/domain'
import type { Loaded } from '../load/loaded.ts'
import type { Decided } from '../turn.ts'

// What a scope asks for that only a change of master data, of the lots that are loaded or of the places that are named
// can alter. Anything else it asks for (ages, names, rows below zero, a recall) any posting anywhere may alter.
const local: ReadonlySet<string> = new Set<keyof Scope>([
  'lots',
  'rows',
  'locations',
  'materials',
  'units',
  'reasonCodes',
  'arrivesAt',
  'unitConversions',
  'conversions',
  'records',
  'consumptionsOf',
  'consumptions',
  'consumptionsUpTo',
  'lastStatusChangeOf',
  'referencesTo',
  'since',
])

const asksFor = (asked: unknown): boolean =>
  Array.isArray(asked) ? asked.length > 0 : asked !== undefined && asked !== false

const looksAround = (scope: Scope, loaded: Loaded): boolean =>
  Object.entries(scope).some(([name, asked]) => !local.has(name) && asksFor(asked)) ||
  (scope.records ?? []).some((id) => !loaded.records.has(id)) ||
  (scope.consumptionsOf ?? []).some((ref) => findLot(loaded, ref) === undefined) ||
  (scope.referencesTo ?? []).some((id) => !loaded.lots.has(id)) ||
  (scope.arrivesAt ?? []).some((ref: Ref) => findLocation(loaded, ref) === undefined)

const receiptKey = ({ scope, key }: { readonly scope: string; readonly key: string }): string => `${scope} ${key}`

/**
 * What the changes of a group have written so far, while the others have read already: which of them must read again.
 * It errs on the side of reading again.
 */
export class Touched {
  readonly #lots = new Set<Ulid>()
  readonly #places = new Set<Ulid>()
  readonly #records = new Set<Ulid>()
  readonly #names = new Set<string>()
  readonly #receipts = new Set<string>()
  #anything = false
  #everything = false

  /** Something was written of which nobody knows what it touches. */
  addEverything(): void {
    this.#anything = true
    this.#everything = true
  }

  /** Takes note of what a change writes. */
  add({ receipt, read, outcome }: Decided): void {
    if (outcome === undefined) return
    this.#anything = true
    if (receipt !== undefined) this.#receipts.add(receiptKey(receipt))
    const before = read.at(-1)?.loaded
    const { known, versions, deletedLots } = outcome
    if (before === undefined || deletedLots.length > 0) this.#everything = true
    else {
      this.#addMasterData(before, known)
      this.#addLots(before, known)
    }
    for (const { record, stockEntries, lotEntries } of versions) {
      // By itself, for a record that has not posted may be given other lots.
      this.#records.add(record.id)
      this.#lots.add(record.inventoryLotId)
      if (record.secondaryInventoryLotId !== null) this.#lots.add(record.secondaryInventoryLotId)
      for (const { lotId } of lotEntries) this.#lots.add(lotId)
      for (const { lotId, locationId } of stockEntries) {
        this.#lots.add(lotId)
        this.#places.add(locationId)
      }
    }
  }

  #addMasterData(before: Loaded, { units, materials, conversions, locations, reasonCodes }: KnownParts): void {
    const same =
      units === before.units &&
      materials === before.materials &&
      conversions === before.conversions &&
      locations === before.locations &&
      reasonCodes === before.reasonCodes
    if (!same) this.#everything = true
  }

  #addLots(before: Loaded, { lots }: KnownParts): void {
    for (const [id, item] of lots) {
      const old = before.lots.get(id)
      if (old === item) continue
      this.#lots.add(id)
      if (old === undefined) this.#names.add(item.lot.name)
      else if (old.lot.name !== item.lot.name || old.lot.materialId !== item.lot.materialId) this.#everything = true
      for (const [place, row] of item.rows) if (old?.rows.get(place) !== row) this.#places.add(place)
    }
  }

  /** Whether what a change has read may be another now. */
  isStale({ receipt, read }: Decided): boolean {
    if (!this.#anything) return false
    if (this.#everything || (receipt !== undefined && this.#receipts.has(receiptKey(receipt)))) return true
    return read.some(
      ({ scope, loaded }) =>
        looksAround(scope, loaded) ||
        Array.from(loaded.lots.keys()).some((id) => this.#lots.has(id)) ||
        Array.from(loaded.records.keys()).some((id) => this.#records.has(id)) ||
        Array.from(loaded.limiting).some((id) => this.#places.has(id)) ||
        (scope.lots ?? []).some((ref) => ('id' in ref ? this.#lots.has(ref.id) : this.#names.has(ref.name))),
    )
  }
}

type KnownParts = NonNullable<Decided['outcome']>['known']
