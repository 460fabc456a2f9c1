import type {
  Affected,
  BelowZero,
  Consumption,
  InventoryRow,
  Known,
  KnownLot,
  KnownRecord,
  Location,
  Lot,
  Material,
  Policy,
  ReasonCode,
  Timeline,
  Ulid,
  Unit,
  UnitConversion,
} from '@lotbook/domain'
import type { MasterData } from './master-cache.ts'

/** The surrogate keys of what a change has met, so that nothing is looked up twice. */
export interface Keys {
  readonly lots: Map<Ulid, number>
  readonly locations: Map<Ulid, number>
  readonly materials: Map<Ulid, number>
  readonly units: Map<Ulid, number>
  readonly conversions: Map<Ulid, number>
  readonly reasonCodes: Map<Ulid, number>
  readonly records: Map<Ulid, number>
}

/** A lot while its rows are being read. */
export interface LoadedLot extends KnownLot {
  readonly lot: Lot
  readonly rows: Map<Ulid, InventoryRow>
}

/** What is known, while it is being read. */
export interface Loaded extends Known {
  readonly lots: Map<Ulid, LoadedLot>
  readonly locations: Map<Ulid, Location>
  readonly materials: Map<Ulid, Material>
  readonly units: Map<Ulid, Unit>
  readonly conversions: Map<Ulid, UnitConversion>
  readonly reasonCodes: Map<Ulid, ReasonCode>
  readonly records: Map<Ulid, KnownRecord>
  readonly timelines: Map<string, Timeline>
  readonly consumptions: Consumption[]
  consumptionsCut: boolean
  affected: Affected | undefined
  readonly ages: Map<Ulid, number>
  readonly belowZero: BelowZero[]
  readonly takenNames: Set<string>
  readonly lastStatusChanges: Map<Ulid, number>
  readonly references: Map<
    Ulid,
    readonly { readonly tableName: string; readonly fkColName: string; readonly id: Ulid }[]
  >
  readonly keys: Keys
  /** What is remembered of the master data; undefined where nothing is. */
  readonly masterData: MasterData | undefined
  /** The places where stock may arrive that limit what they hold: what lies there is loaded. */
  readonly limiting: Set<Ulid>
}

/** Nothing known yet but the policy. */
export const nothingLoaded = (policy: Policy, masterData: MasterData | undefined): Loaded => ({
  policy,
  masterData,
  lots: new Map(),
  locations: new Map(),
  materials: new Map(),
  units: new Map(),
  conversions: new Map(),
  reasonCodes: new Map(),
  records: new Map(),
  timelines: new Map(),
  consumptions: [],
  consumptionsCut: false,
  affected: undefined,
  ages: new Map(),
  belowZero: [],
  takenNames: new Set(),
  lastStatusChanges: new Map(),
  references: new Map(),
  keys: {
    lots: new Map(),
    locations: new Map(),
    materials: new Map(),
    units: new Map(),
    conversions: new Map(),
    reasonCodes: new Map(),
    records: new Map(),
  },
  limiting: new Set(),
})
