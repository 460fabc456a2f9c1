import { describe, expect, it } from 'vitest'
import { type LotRecordType, lotRecordTypes } from './lot-record/lot-record-type.ts'
import { type Grant, type Permission, permissions, permits } from './permissions.ts'
import { at } from './testing/clock.ts'
import { type Fields, makePlant, type Plant } from './testing/fixtures.ts'

// One permission per record type, as documented, written down a second time.
const ofType: Readonly<Record<LotRecordType, Permission>> = {
  CONSUME: 'INVENTORY.WRITE.CONSUME',
  UNCONSUME: 'INVENTORY.WRITE.UNCONSUME',
  PRODUCE: 'INVENTORY.WRITE.PRODUCE',
  MOVE: 'INVENTORY.WRITE.MOVE',
  SPLIT: 'INVENTORY.WRITE.SPLIT',
  MERGE: 'INVENTORY.WRITE.MERGE',
  SCRAP: 'INVENTORY.WRITE.SCRAP',
  RETURN: 'INVENTORY.WRITE.RETURN',
  STATUS_CHANGE: 'INVENTORY.WRITE.CHANGE_STATUS',
  EDIT: 'INVENTORY.WRITE.EDIT',
  RECEIVE: 'INVENTORY.WRITE.RECEIVE',
  SHIP: 'INVENTORY.WRITE.SHIP',
}
const save = 'INVENTORY.WRITE.SAVE'
const all: readonly Grant[] = permissions
const allBut = (...without: readonly Permission[]) => all.filter((grant) => !without.some((one) => one === grant))

const denied = (permission: Permission) => ({ _tag: 'PermissionDenied', permission })

const lotsOf = async (plant: Plant) => {
  const lot = await plant.lot('A', { stock: 10 })
  await plant.consume(lot, 2, 2)
  return { lot, other: await plant.lot('B', { stock: 2 }), child: await plant.lot('C') }
}

const fieldsOf = (type: LotRecordType, plant: Plant, lots: Awaited<ReturnType<typeof lotsOf>>): Fields => {
  const { dock: sourceLocationId, cellar: destinationLocationId } = plant.location
  switch (type) {
    case 'STATUS_CHANGE':
      return { lotStatus: 'QA_HOLD' }
    case 'SPLIT':
      return { quantity: 1, sourceLocationId, secondaryInventoryLotId: lots.child }
    case 'MERGE':
      return { secondaryInventoryLotId: lots.other }
    default:
      return { quantity: 1, sourceLocationId, destinationLocationId }
  }
}

describe('a grant', () => {
  it('covers itself and what stands below it, and nothing that only begins with the same letters', () => {
    expect(permits(['INVENTORY.WRITE.SHIP'], 'INVENTORY.WRITE.SHIP')).toBe(true)
    expect(permits(['INVENTORY.WRITE'], 'INVENTORY.WRITE.SHIP')).toBe(true)
    expect(permits(['INVENTORY.WRITE.SHIP'], 'INVENTORY.WRITE.SHIPMENT' as Permission)).toBe(false)
    expect(permits(['INVENTORY.READ'], 'INVENTORY.READINGS.GET' as Permission)).toBe(false)
    expect(permits([], 'INVENTORY.READ.GET')).toBe(false)
  })
})

describe('a grant', () => {
  it('covers itself and what is below it, and nothing beside or above it', () => {
    expect(permits(['INVENTORY'], 'INVENTORY.ADMIN')).toBe(true)
    expect(permits(['INVENTORY.WRITE'], 'INVENTORY.WRITE.CONSUME')).toBe(true)
    expect(permits(['INVENTORY.WRITE'], 'INVENTORY.READ.GET')).toBe(false)
    expect(permits(['INVENTORY.WRITE.CONSUME'], 'INVENTORY.WRITE.UNCONSUME')).toBe(false)
    expect(permits(['INVENTORY.WRITE.SAVE'], 'INVENTORY.WRITE.CHANGE_STATUS')).toBe(false)
    expect(permits(['INVENTORY.READ'], 'INVENTORY.READ.VALIDATE')).toBe(true)
    expect(permits([], 'INVENTORY.READ.GET')).toBe(false)
  })

  it('does not cover what only begins with the same letters', () => {
    const grants = ['INVENTORY.WRITE.SHIP', 'INVENTORY.READ'] as const
    for (const permission of permissions)
      expect(permits(grants, permission)).toBe(
        ['INVENTORY.WRITE.SHIP', 'INVENTORY.READ.GET', 'INVENTORY.READ.VALIDATE'].includes(permission),
      )
  })
})

describe('saveInventoryLotRecord', () => {
  it.each(lotRecordTypes)(
    'of type %s asks for INVENTORY.WRITE.SAVE and for the permission of the type',
    async (type) => {
      const plant = await makePlant()
      const lots = await lotsOf(plant)
      const fields = fieldsOf(type, plant, lots)
      const saving = (...grants: readonly Grant[]) => plant.saving(type, lots.lot, fields, plant.caller(...grants))
      expect(await plant.refused(saving(...allBut(save)))).toMatchObject(denied(save))
      expect(await plant.refused(saving(...allBut(ofType[type])))).toMatchObject(denied(ofType[type]))
      await plant.done(saving(save, ofType[type]))
    },
  )

  it.each(lotRecordTypes)('asks for it of a %s memo, a running one, an update and a reversal too', async (type) => {
    const plant = await makePlant()
    const lots = await lotsOf(plant)
    const without = plant.caller(...allBut(ofType[type]))
    const running = { ...fieldsOf(type, plant, lots), status: 'RUNNING' }
    expect(await plant.refused(plant.saving(type, lots.lot, running, without))).toMatchObject(denied(ofType[type]))
    const draft = await plant.save(type, lots.lot, running)
    const update = { id: draft.id, status: 'COMPLETED' }
    expect(await plant.refused(plant.inventory.saveInventoryLotRecord(update, without))).toMatchObject(
      denied(ofType[type]),
    )
    const posted = await plant.done(plant.inventory.saveInventoryLotRecord(update, plant.ada))
    expect(await plant.refused(plant.inventory.reverseLotRecord({ id: posted.id }, without))).toMatchObject(
      denied(ofType[type]),
    )
    await plant.done(plant.inventory.reverseLotRecord({ id: posted.id }, plant.caller(ofType[type])))
  })

  it('without INVENTORY.WRITE.CHANGE_STATUS cannot change a status, by any of its fields', async () => {
    const plant = await makePlant()
    const lot = await plant.lot('A', { stock: 10 })
    const without = plant.caller(...allBut('INVENTORY.WRITE.CHANGE_STATUS'))
    const refusal = denied('INVENTORY.WRITE.CHANGE_STATUS')
    const change = { lotStatus: 'QA_HOLD' }
    expect(await plant.refused(plant.saving('STATUS_CHANGE', lot, change, without))).toMatchObject(refusal)
    const draft = await plant.save('CONSUME', lot, { status: 'RUNNING', ...change }, without)
    const retype = { id: draft.id, lotRecordType: 'STATUS_CHANGE', status: 'COMPLETED' }
    expect(await plant.refused(plant.inventory.saveInventoryLotRecord(retype, without))).toMatchObject(refusal)
    expect(await plant.refused(plant.inventory.saveLot({ id: lot, status: 'QA_HOLD' }, without))).toMatchObject(refusal)
    const newLot = { name: 'N', materialId: plant.material.sugar, status: 'AVAILABLE' }
    expect(await plant.refused(plant.inventory.saveLot(newLot, without))).toMatchObject(refusal)

    const note = { quantity: 1, startDate: at(5), sourceLocationId: plant.location.dock, ...change }
    const consumed = await plant.save('CONSUME', lot, note, without)
    await plant.done(plant.inventory.saveInventoryLotRecord({ id: consumed.id, lotStatus: 'CLOSED' }, without))
    expect(await plant.get(lot)).toMatchObject({ status: 'AVAILABLE', onHand: 9 })
  })
})

describe('changeStatus', () => {
  it('asks for INVENTORY.WRITE.CHANGE_STATUS alone', async () => {
    const plant = await makePlant()
    const lot = await plant.lot('A')
    const permission = 'INVENTORY.WRITE.CHANGE_STATUS'
    const request = { lotId: lot, newStatus: 'QA_HOLD' }
    expect(
      await plant.refused(plant.inventory.changeStatus(request, plant.caller(...allBut(permission)))),
    ).toMatchObject(denied(permission))
    await plant.changeStatus(lot, 'QA_HOLD', {}, plant.caller(permission))
  })
})

describe('every other function', () => {
  const functions: readonly (readonly [
    Permission,
    string,
    (plant: Plant, caller: ReturnType<Plant['caller']>) => unknown,
  ])[] = [
    [save, 'saveLot', ({ inventory }, caller) => inventory.saveLot({}, caller)],
    [save, 'dryRun.saveLot', ({ inventory }, caller) => inventory.dryRun.saveLot({}, caller)],
    [
      save,
      'dryRun.saveInventoryLotRecord',
      ({ inventory }, caller) => inventory.dryRun.saveInventoryLotRecord({}, caller),
    ],
    [
      'INVENTORY.WRITE.CHANGE_STATUS',
      'dryRun.changeStatus',
      ({ inventory }, caller) => inventory.dryRun.changeStatus({}, caller),
    ],
    ['INVENTORY.WRITE.DELETE', 'deleteLot', ({ inventory }, caller) => inventory.deleteLot('x', caller)],
    ['INVENTORY.WRITE.MASTER_DATA', 'saveUnit', ({ inventory }, caller) => inventory.saveUnit({}, caller)],
    ['INVENTORY.WRITE.MASTER_DATA', 'saveMaterial', ({ inventory }, caller) => inventory.saveMaterial({}, caller)],
    ['INVENTORY.WRITE.MASTER_DATA', 'saveLocation', ({ inventory }, caller) => inventory.saveLocation({}, caller)],
    ['INVENTORY.WRITE.MASTER_DATA', 'saveReasonCode', ({ inventory }, caller) => inventory.saveReasonCode({}, caller)],
    [
      'INVENTORY.READ.VALIDATE',
      'validateInventoryLotRecord',
      ({ inventory }, caller) => inventory.validateInventoryLotRecord({}, caller),
    ],
    [
      'INVENTORY.READ.VALIDATE',
      'validateChangeStatusRequest',
      ({ inventory }, caller) => inventory.validateChangeStatusRequest({}, caller),
    ],
    ['INVENTORY.READ.VALIDATE', 'validateLot', ({ inventory }, caller) => inventory.validateLot({}, caller)],
    ...(['getLot', 'getInventoryLotReferences', 'getInventoryLotRecord', 'getInventoryLotRecordVersions'] as const).map(
      (name) =>
        [
          'INVENTORY.READ.GET',
          name,
          ({ inventory }: Plant, caller: ReturnType<Plant['caller']>) => inventory[name]('no id', caller),
        ] as const,
    ),
    ...(['getUnit', 'getMaterial', 'getLocation', 'getReasonCode'] as const).map(
      (name) =>
        [
          'INVENTORY.READ.GET',
          name,
          ({ inventory }: Plant, caller: ReturnType<Plant['caller']>) => inventory[name]('x', caller),
        ] as const,
    ),
    ...(
      [
        ...['listLots', 'findInventoryLotRecords', 'findInventory', 'findUnits', 'findMaterials'],
        ...['findLocations', 'findReasonCodes', 'getLotHistory'],
      ] as const
    ).map(
      (name) =>
        [
          'INVENTORY.READ.GET',
          name,
          ({ inventory }: Plant, caller: ReturnType<Plant['caller']>) => inventory[name as 'listLots']({}, caller),
        ] as const,
    ),
    [
      'INVENTORY.READ.GET',
      'getLotByIdOrNameAndMaterial',
      ({ inventory }, caller) => inventory.getLotByIdOrNameAndMaterial('A', 'Raw/Sugar', caller),
    ],
  ]

  it.each(functions)('asks for %s: %s', async (permission, _name, call) => {
    const plant = await makePlant()
    const effect = call(plant, plant.caller(...allBut(permission))) as ReturnType<Plant['inventory']['getLot']>
    expect(await plant.refused(effect)).toMatchObject(denied(permission))
    const allowed = await plant.result(
      call(plant, plant.caller(permission)) as ReturnType<Plant['inventory']['getLot']>,
    )
    expect('failure' in allowed && allowed.failure._tag === 'PermissionDenied').toBe(false)
  })
})
