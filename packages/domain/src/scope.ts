import type { Ulid } from './identifiers/ulid.ts'
import type { AffectedScope } from './recall/affected.ts'
import type { Instant } from './time/instant.ts'

/** Names something by its id, or by the name or path it has for people. */
export type Ref = { readonly id: Ulid } | { readonly name: string }

/** Names a lot by its id, or by name within a material. */
export type LotRef = { readonly id: Ulid } | { readonly name: string; readonly material: Ref }

/** Names a lot for a change: also by a name among the lots of the material that another lot is made of. */
export type ScopedLotRef = LotRef | { readonly name: string; readonly sameMaterialAs: Ulid }

/** What a change needs to know. A store loads it, with what it refers to (a lot's rows, material and unit), in the transaction of the change. */
export interface Scope {
  readonly lots?: readonly ScopedLotRef[]
  /** Rows of stock by their ids: the lots that they are of. */
  readonly rows?: readonly Ulid[]
  readonly locations?: readonly Ref[]
  readonly materials?: readonly Ref[]
  /** By id, name or symbol. */
  readonly units?: readonly Ref[]
  /** By id, or by code: every type's reason with that code. */
  readonly reasonCodes?: readonly Ref[]
  /** Load every lot that has stock (a row that is not zero) at these locations, with its age. */
  readonly stockAt?: readonly Ref[]
  /** Load the age of every lot that is loaded: each of them may come to a place of `stockAt` within the change. */
  readonly agesOfAll?: boolean
  /**
   * Where stock may arrive. Loaded as locations; where one limits what it holds (a capacity, another strategy than
   * ALLOW_MULTIPLE), the stock there and the unit conversions too. The places of `records` count as named here.
   */
  readonly arrivesAt?: readonly Ref[]
  /** Find the rows at these locations that are below zero at any moment. Locations and lots are loaded with them. */
  readonly belowZeroAt?: readonly Ref[]
  /** Load every location with a capacity where stock in another unit lies: all that lies there, and the conversions. */
  readonly convertedStock?: boolean
  /** Unit conversions by id, each with its units and its material. */
  readonly unitConversions?: readonly Ulid[]
  /** Load the unit conversions: the general ones, and those of every material that is loaded. */
  readonly conversions?: boolean
  /** Load the names of a material's lots that begin with the material's own name and this date. */
  readonly numbering?: readonly { readonly material: Ref; readonly date: string }[]
  /** Records with all that they posted and what came after; their lots, locations and last changes of status are loaded too. */
  readonly records?: readonly Ulid[]
  /**
   * Load the CONSUME records of these lots that are not yet wholly taken back, newest first.
   * The primary lots of UNCONSUME records among `records` count as named here.
   */
  readonly consumptionsOf?: readonly LotRef[]
  /** Of `consumptionsOf` only these records. Not together with `records`, which ask for all of their lots. */
  readonly consumptions?: readonly Ulid[]
  /** Of `consumptionsOf` only this many of the newest, of all lots together. Without it all of them. */
  readonly consumptionsUpTo?: number
  /** Load the last live change of status of these lots, other than those that `records` made; named ones stand in `lots`. */
  readonly lastStatusChangeOf?: readonly (Ulid | LotRef)[]
  /** Find every lot that a recall affects. Those with stock are loaded, with their last changes of status. */
  readonly affectedBy?: AffectedScope
  /** Load what refers to these lots. */
  readonly referencesTo?: readonly Ulid[]
  /** The earliest effective time at which the change may post. */
  readonly since?: Instant
}
