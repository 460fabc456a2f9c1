import type { Ulid } from '../identifiers/ulid.ts'
import type { Annotations, Authorship } from '../lot/lot.ts'
import type { LotStatus } from '../lot/lot-status.ts'
import type { LotRecordType } from '../lot-record/lot-record-type.ts'
import type { Quantity } from '../quantity/quantity.ts'

/** A unit of measure: a name and a symbol, both unique. */
export interface Unit extends Annotations, Authorship {
  readonly id: Ulid
  readonly name: string
  readonly symbol: string
  readonly version: number
}

/** What a lot is made of. */
export interface Material extends Annotations, Authorship {
  readonly id: Ulid
  /** `Class/Name`, unique. */
  readonly path: string
  readonly unitOfMeasureId: Ulid
  /** Days from the first posting to the expiration date of a lot; null = lots do not expire by themselves. */
  readonly shelfLifeDays: number | null
  /** The status of lots that a receipt or production makes. */
  readonly initialLotStatus: LotStatus
  readonly description: string | null
  readonly version: number
}

/** An exact factor between two units: one `from` is numerator/denominator `to`. (from, to, material) is unique. */
export interface UnitConversion extends Annotations, Authorship {
  readonly id: Ulid
  readonly fromUnitId: Ulid
  readonly toUnitId: Ulid
  /** Whole, 1 to 999,999,999,999,999. */
  readonly numerator: number
  readonly denominator: number
  /** For lots of this material only; null = in general. */
  readonly materialId: Ulid | null
  readonly version: number
}

/** What happens when stock arrives where another lot lies. */
export const lotStorageStrategies = [
  'ALLOW_MULTIPLE',
  'ALLOW_SINGLE_OR_THROW',
  'MERGE_INTO_PREVIOUS',
  'MERGE_INTO_NEW',
  'NO_STORAGE',
] as const
/** See {@link lotStorageStrategies}. */
export type LotStorageStrategy = (typeof lotStorageStrategies)[number]

/** Which lot goes first when an action names none. */
export const lotUseStrategies = ['FIFO', 'LIFO', 'FEFO'] as const
/** First in first out, last in first out, first expired first out. */
export type LotUseStrategy = (typeof lotUseStrategies)[number]

/** A place in a tree. */
export interface Location extends Annotations, Authorship {
  readonly id: Ulid
  /** `Site/Area/Line`, unique. */
  readonly path: string
  /** The user's own word for what kind of place it is. */
  readonly type: string | null
  readonly allowNegativeInventory: boolean
  /** In millionths of the capacity unit; null = no limit. */
  readonly storageCapacity: Quantity | null
  readonly storageCapacityUnitId: Ulid | null
  readonly lotStorageStrategy: LotStorageStrategy
  readonly lotUseStrategy: LotUseStrategy
  readonly version: number
}

/** Why something was done: a code for one type of record. (type, code) is unique. */
export interface ReasonCode extends Annotations, Authorship {
  readonly id: Ulid
  readonly lotRecordType: LotRecordType
  readonly reasonCode: string
  readonly description: string | null
  /** Records with this reason must carry notes. */
  readonly requireComments: boolean
  readonly version: number
}

/** The last name of a path. */
export const lastName = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

/** The path one level up, or null at the top. */
export const parentPath = (path: string): string | null => {
  const cut = path.lastIndexOf('/')
  return cut === -1 ? null : path.slice(0, cut)
}
