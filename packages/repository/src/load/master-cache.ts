import type { Location, Material, Ulid, Unit } from '@lotbook/domain'
import type { LedgerHead } from '../ledger-head.ts'

/** Something as it was read, with its surrogate key. */
export interface Read<A> {
  readonly item: A
  readonly key: number
}

/** Master data as they are under one stamp of the ledger's head: whoever changes any gives it another stamp. */
export interface MasterData {
  readonly stamp: number
  readonly units: Map<Ulid, Read<Unit>>
  readonly materials: Map<Ulid, Read<Material>>
  readonly locations: Map<Ulid, Read<Location>>
}

const none = (stamp: number): MasterData => ({ stamp, units: new Map(), materials: new Map(), locations: new Map() })

// Of each kind. A plant with more reads some of them again.
const most = 10_000

/** Remembers something until there is too much of its kind. */
export const remember = <A>(all: Map<Ulid, Read<A>>, id: Ulid, read: Read<A>): void => {
  if (all.size >= most) all.clear()
  all.set(id, read)
}

/** Gives what is remembered of the master data, for as long as nobody has changed any. */
export const makeMasterCache = (): ((head: LedgerHead) => MasterData) => {
  let remembered = none(Number.NaN)
  return ({ masterData }) => {
    // A program that goes on under an earlier stamp keeps what it was given.
    if (remembered.stamp !== masterData) remembered = none(masterData)
    return remembered
  }
}
