import {
  type ActionName,
  actionCatalog,
  type Caller,
  type Inventory,
  type InventoryView,
  type LotView,
  lotHistoryShape,
  NotFound,
  newChangeStatusRequest,
  newInventoryLotRecord,
  newLot,
  newLotHistoryRequest,
  type PageAfter,
  type PageFunctions,
  type Refusal,
  readUlid,
  reverseLotRecordShape,
  saveLocationShape,
  saveMaterialShape,
  saveReasonCodeShape,
  saveUnitConversionShape,
  saveUnitShape,
  type WholeFunctions,
} from '@lotbook/domain'
import { Effect } from 'effect'
import { type Doors, makeDoors } from './doors.ts'

/** What an inventory over HTTP is made from. */
export interface HttpInventoryOptions {
  /** The server, such as `http://127.0.0.1:3000`. */
  readonly url: string
  /** The secret of an API key. Its name is the author of what is written, and its grants decide; a caller's do not. */
  readonly key: string
  /** For templates, which are made here. Milliseconds since 1970. */
  readonly now: () => number
  readonly fetch?: typeof globalThis.fetch
  /** After how many milliseconds without an answer a try is given up; 10 000 unless told. */
  readonly timeout?: number
  /** How long to wait before each further try, in milliseconds; two further ones unless told. */
  readonly pauses?: readonly number[]
}

type Actions = Pick<Inventory, ActionName>
type Rest = Omit<Inventory, keyof ReturnType<typeof generated>>

const kebab = (name: string): string => name.replaceAll(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`)
const pathOf = (name: string): string => `/v1/inventory/${kebab(name)}`
const names = Object.keys(actionCatalog) as ActionName[]

const holdPath = (lot: string): string => `/v1/lots/${lot}/recall/hold`

// One entry of the catalog makes the functions of its action; the types say which they are.
const generated = (doors: Doors, now: () => number) => {
  const path = (name: ActionName) => pathOf(name)
  const each = (functionsOf: (name: ActionName) => readonly (readonly [string, unknown])[]): unknown =>
    Object.fromEntries(names.flatMap(functionsOf))
  type Templates = Pick<Inventory, `new${(typeof actionCatalog)[ActionName]['stem']}Request`>
  type Validators = Pick<Inventory, `validate${(typeof actionCatalog)[ActionName]['stem']}Request`>
  return {
    ...(each((name) => [[name, doors.write(path(name))]]) as Actions),
    ...(each((name) => {
      const { stem, template } = actionCatalog[name]
      return [[`new${stem}Request`, () => template(now())]]
    }) as Templates),
    ...(each((name) => [
      [`validate${actionCatalog[name].stem}Request`, doors.validate(`${path(name)}/validate`)],
    ]) as Validators),
    dryRun: {
      ...(each((name) => [[name, doors.write(path(name), true)]]) as Pick<Inventory['dryRun'], ActionName>),
      executeInventoryActions: doors.write('/v1/inventory/execute-inventory-actions', true),
      saveInventoryLotRecord: doors.write('/v1/lot-records', true),
      changeStatus: doors.write('/v1/inventory/change-status', true),
      reverseLotRecord: doors.writeById((id) => `/v1/lot-records/${id}/reverse`, reverseLotRecordShape, true),
      saveLot: doors.write('/v1/lots', true),
      holdRecalledLots: doors.writeAbout('lot', holdPath, true),
    } satisfies Inventory['dryRun'],
  }
}

/** The functions that answer with every row: one array, which is one page. */
const whole = (doors: Doors): WholeFunctions => {
  const every =
    <A>(name: keyof PageFunctions) =>
    (given: object, caller: Caller): Effect.Effect<readonly A[], Refusal> =>
      doors.find<readonly A[]>(pathOf(name))(given, caller)
  const paged =
    <A>(name: keyof PageFunctions): PageAfter<A> =>
    (given, _after, caller) =>
      Effect.map(every<A>(name)(given, caller), (items) => ({ items, next: null }))
  return {
    pages: {
      getAllLots: paged('getAllLots'),
      getLotsForMaterial: paged('getLotsForMaterial'),
      getAllInventory: paged('getAllInventory'),
      getAllInventoryAtLocation: paged('getAllInventoryAtLocation'),
      getAllInventoryForLocationAndChildren: paged('getAllInventoryForLocationAndChildren'),
      getInventoryForMaterial: paged('getInventoryForMaterial'),
    },
    getAllLots: (caller) => every<LotView>('getAllLots')({}, caller),
    getLotsForMaterial: (materialIdOrPath, caller) =>
      every<LotView>('getLotsForMaterial')({ materialIdOrPath }, caller),
    getAllInventory: (caller) => every<InventoryView>('getAllInventory')({}, caller),
    getAllInventoryAtLocation: (locationIdOrPath, caller) =>
      every<InventoryView>('getAllInventoryAtLocation')({ locationIdOrPath }, caller),
    getAllInventoryForLocationAndChildren: (locationIdOrPath, caller) =>
      every<InventoryView>('getAllInventoryForLocationAndChildren')({ locationIdOrPath }, caller),
    getInventoryForMaterial: (materialIdOrPath, caller) =>
      every<InventoryView>('getInventoryForMaterial')({ materialIdOrPath }, caller),
  }
}

/** A function of the port is one line here; one that is missing does not compile. */
const listed = (doors: Doors, now: () => number): Rest => ({
  executeInventoryActions: doors.write('/v1/inventory/execute-inventory-actions'),
  saveInventoryLotRecord: doors.write('/v1/lot-records'),
  newInventoryLotRecord: () => newInventoryLotRecord(now()),
  validateInventoryLotRecord: doors.validate('/v1/lot-records/validate'),
  changeStatus: doors.write('/v1/inventory/change-status'),
  newChangeStatusRequest,
  validateChangeStatusRequest: doors.validate('/v1/inventory/change-status/validate'),
  reverseLotRecord: doors.writeById((id) => `/v1/lot-records/${id}/reverse`, reverseLotRecordShape),
  saveLot: doors.write('/v1/lots'),
  newLot,
  validateLot: doors.validate('/v1/lots/validate'),

  getLot: (id, caller) =>
    readUlid(id) === undefined
      ? Effect.fail(new NotFound({ kind: 'lot', idOrName: id }))
      : doors.get<never>('lot', (text) => `/v1/lots/${text}`)(id, caller),
  // The documented door knows no moments; the one by path does.
  getLotByIdOrNameAndMaterial: (idOrName, materialIdOrPath, caller, moment) =>
    typeof moment === 'object' && moment !== null && Object.values(moment).some((value) => value != null)
      ? doors.get<never>('lot', (text) => `/v1/lots/${text}`)(idOrName ?? '', caller, {
          material: materialIdOrPath,
          ...moment,
        })
      : doors.find<never>(pathOf('getLotByIdOrNameAndMaterial'))({ idOrName, materialIdOrPath }, caller),
  findLots: (request, caller) => doors.validate<never>('/v1/lots/search')(request, caller),
  listLots: doors.find('/v1/lots'),
  newLotHistoryRequest,
  getLotHistory: doors.findBelow((id) => `/v1/lots/${id}/history`, 'lotId', lotHistoryShape),
  getLotActions: doors.get('lot', (id) => `/v1/lots/${id}/actions`),
  getInventoryLotReferences: doors.get('lot', (id) => `/v1/lots/${id}/references`),
  deleteLot: doors.remove('lot', '/v1/lots', (id) => ({ id })),

  getCheckpoint: (caller) => doors.find<never>('/v1/checkpoint')({}, caller),
  getInventoryLotRecord: doors.get('lot record', (id) => `/v1/lot-records/${id}`),
  getInventoryLotRecordReferences: doors.get('lot record', (id) => `/v1/lot-records/${id}/references`),
  getInventoryLotRecordVersions: doors.get('lot record', (id) => `/v1/lot-records/${id}/versions`),
  findInventoryLotRecords: doors.find('/v1/lot-records'),
  findInventory: doors.find('/v1/inventory'),
  publishInventoryState: doors.write('/v1/inventory/publish-inventory-state'),

  ...whole(doors),
  getInventoryByLotAndLocation: (lotIdOrName, materialIdOrPath, locationIdOrPath, caller) =>
    doors.find<never>(pathOf('getInventoryByLotAndLocation'))(
      { lotIdOrName, materialIdOrPath, locationIdOrPath },
      caller,
    ),
  setInventoryMetadata: doors.write(pathOf('setInventoryMetadata')),
  checkLocationHasCapacity: (locationIdOrPath, lotIdOrName, materialIdOrPath, quantity, caller) =>
    doors.find<never>(pathOf('checkLocationHasCapacity'))(
      { locationIdOrPath, lotIdOrName, materialIdOrPath, quantity },
      caller,
    ),
  getInventoryPermissions: (caller) => doors.find<never>(pathOf('getInventoryPermissions'))({}, caller),

  // Whatever form is asked for, what comes back is the trace itself.
  traceLot: (idOrName, query, caller) =>
    doors.get<never>('lot', (text) => `/v1/lots/${text}/trace`)(idOrName, caller, {
      ...(query as object),
      ...{ format: 'JSON', detail: 'FULL' },
    }),
  traceLotBasic: (idOrName, query, caller) =>
    doors.get<never>('lot', (text) => `/v1/lots/${text}/trace`)(idOrName, caller, {
      ...(query as object),
      ...{ format: 'JSON', detail: 'BASIC' },
    }),
  recallLot: (idOrName, query, caller) =>
    doors.get<never>('lot', (text) => `/v1/lots/${text}/recall`)(idOrName, caller, {
      ...(query as object),
      format: 'JSON',
    }),
  holdRecalledLots: doors.writeAbout('lot', holdPath),
  getLotTraceGraph: doors.find('/v1/trace/get-lot-trace-graph'),
  getLotTraceTable: doors.validate('/v1/trace/get-lot-trace-table'),

  saveUnit: doors.save('/v1/units', saveUnitShape),
  getUnit: doors.get('unit', (text) => `/v1/units/${text}`),
  findUnits: doors.find('/v1/units'),
  saveUnitConversion: doors.save('/v1/unit-conversions', saveUnitConversionShape),
  getUnitConversion: doors.get('unit conversion', (id) => `/v1/unit-conversions/${id}`),
  findUnitConversions: doors.find('/v1/unit-conversions'),
  saveMaterial: doors.save('/v1/materials', saveMaterialShape),
  getMaterial: doors.get('material', (text) => `/v1/materials/${text}`),
  findMaterials: doors.find('/v1/materials'),
  saveLocation: doors.save('/v1/locations', saveLocationShape),
  getLocation: doors.get('location', (text) => `/v1/locations/${text}`),
  findLocations: doors.find('/v1/locations'),
  saveReasonCode: doors.save('/v1/reason-codes', saveReasonCodeShape),
  getReasonCode: doors.get('reason code', (id) => `/v1/reason-codes/${id}`),
  findReasonCodes: (query, caller, lotRecordType) =>
    doors.find<never>('/v1/reason-codes')({ ...(query as object), lotRecordType }, caller),
})

/**
 * The port of the ledger over the HTTP API of a server: the same answers and the same typed refusals. Where the server
 * cannot be reached, does not take the key or does not speak the API, that is StorageUnavailable, with words.
 */
export const makeHttpInventory = (options: HttpInventoryOptions): Inventory => {
  const { url, key, now, fetch = globalThis.fetch, timeout = 10_000, pauses = [100, 400] } = options
  const server = { url: url.replace(/\/+$/u, ''), key, fetch, timeout, pauses }
  const doors = makeDoors(server, () => globalThis.crypto.randomUUID())
  return { ...generated(doors, now), ...listed(doors, now) }
}
