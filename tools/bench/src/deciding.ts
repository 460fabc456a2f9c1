import {
  type Known,
  type Lot,
  makeInventory,
  makeUlidSource,
  newInventoryLotRecord,
  readUlid,
  type Store,
  type Ulid,
} from '@lotbook/domain'
import { Effect, Result } from 'effect'
import type { Finding } from './finding.ts'
import { compare } from './rounds.ts'

const id = (digit: string): Ulid => readUlid(digit.repeat(26)) as Ulid

const at = Date.now()
const base = {
  notes: null,
  enabled: true,
  spare1: null,
  spare2: null,
  spare3: null,
  createdDate: at,
  createdBy: 'bench',
  modifiedDate: null,
  modifiedBy: null,
}

/** A lot that is consumed, and the one that it goes into. */
const lot: Lot = {
  ...base,
  id: id('1'),
  name: 'L-1',
  materialId: id('2'),
  unitOfMeasureId: id('3'),
  initialStatus: 'AVAILABLE',
  status: 'AVAILABLE',
  totalQuantity: 900_000_000_000,
  expirationDate: null,
  closedDate: null,
  supplierId: null,
  version: 1,
}

const known: Known = {
  policy: 'standard',
  lots: new Map([
    [id('7'), { lot: { ...lot, id: id('7'), name: 'L-7' }, rows: new Map() }],
    [
      lot.id,
      {
        lot,
        rows: new Map([
          [
            id('4'),
            {
              ...base,
              id: id('5'),
              locationId: id('4'),
              lotId: lot.id,
              quantity: 900_000_000_000,
              name: null,
              productionOrderId: null,
              productionOrderName: null,
              lastEffectiveDate: at - 1000,
            },
          ],
        ]),
      },
    ],
  ]),
  locations: new Map([
    [
      id('4'),
      {
        ...base,
        id: id('4'),
        path: 'Site/Store',
        type: null,
        allowNegativeInventory: false,
        storageCapacity: null,
        storageCapacityUnitId: null,
        lotStorageStrategy: 'ALLOW_MULTIPLE',
        lotUseStrategy: 'FIFO',
        version: 1,
      },
    ],
  ]),
  materials: new Map([
    [
      id('2'),
      {
        ...base,
        id: id('2'),
        path: 'Class/Material',
        unitOfMeasureId: id('3'),
        shelfLifeDays: null,
        initialLotStatus: 'AVAILABLE',
        description: null,
        version: 1,
      },
    ],
  ]),
  units: new Map([[id('3'), { ...base, id: id('3'), name: 'kilogram', symbol: 'kg', version: 1 }]]),
  reasonCodes: new Map(),
  records: new Map(),
  timelines: new Map(),
  consumptions: [],
  conversions: new Map(),
  consumptionsCut: false,
  ages: new Map(),
  belowZero: [],
  takenNames: new Set(),
  lastStatusChanges: new Map(),
  references: new Map(),
}

const absent = (): never => {
  throw new Error('this benchmark does not use the store')
}

/** A store that knows one lot and keeps nothing: what is left is decoding, deciding and running. */
const store: Store = {
  beginImport: absent,
  reportImport: absent,
  change: (_scope, decide) =>
    Effect.suspend(() => {
      const outcome = decide(known)
      if ('wider' in outcome) return absent()
      return Result.isFailure(outcome) ? Effect.fail(outcome.failure) : Effect.succeed(outcome.success.answer([1]))
    }),
  view: absent,
  policy: absent,
  setPolicy: absent,
  findLots: absent,
  searchLots: absent,
  findRecords: absent,
  findRecordsJson: absent,
  findInventory: absent,
  recordById: absent,
  recordVersions: absent,
  versionsAfter: absent,
  watch: absent,
  trace: absent,
  findUnits: absent,
  findUnitConversions: absent,
  findMaterials: absent,
  findLocations: absent,
  findReasonCodes: absent,
  checkpoint: absent,
  lastChange: absent,
  verify: absent,
}

/** B8: decode, decide and run one CONSUME of 22 fields, against JSON.parse of its body. */
export const deciding = async (): Promise<readonly Finding[]> => {
  const body = JSON.stringify({
    ...newInventoryLotRecord(at),
    lotRecordType: 'CONSUME',
    inventoryLotId: lot.id,
    sourceLocationId: id('4'),
    inventoryLotName: lot.name,
    secondaryInventoryLotId: id('7'),
    secondaryInventoryLotName: 'L-7',
    operationRecordId: id('6'),
    inventoryOperationId: id('8'),
    productionOrderId: id('9'),
    destinationLocationId: id('4'),
    quantity: 1.25,
    status: 'COMPLETED',
    endDate: new Date(at).toISOString(),
    notes: 'into batch 7',
  })
  const inventory = makeInventory({ store, now: () => at, newUlid: makeUlidSource() })
  const call = { actor: 'bench', grants: ['INVENTORY'] } as const
  const request: unknown = JSON.parse(body)
  const { ours, theirs, ratio } = await compare(
    async (times) => {
      for (let i = 0; i < times; i++) await Effect.runPromise(inventory.saveInventoryLotRecord(request, call))
    },
    (times) => {
      for (let i = 0; i < times; i++) JSON.parse(body)
    },
    10_000,
    21,
  )
  return [
    {
      name: 'B8',
      what: 'decode + decide + run, a record of 22 fields / JSON.parse of its body',
      ratio,
      bar: { sense: 'at most', must: 5, goal: 3.5 },
      figures: `${ours.toFixed(2)} µs / ${theirs.toFixed(2)} µs`,
    },
  ]
}
