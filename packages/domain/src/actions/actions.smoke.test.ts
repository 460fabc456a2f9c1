import { createHash } from 'node:crypto'
import { Effect, Result } from 'effect'
import { expect, it } from 'vitest'
import { makeUlidSource } from '../identifiers/ulid.ts'
import { makeInventory } from '../inventory.ts'
import { makeMemoryStore } from '../testing/memory-store.ts'

it('smoke', async () => {
  const store = makeMemoryStore({ sha256: (t) => createHash('sha256').update(t).digest('hex') })
  let clock = Date.now() - 86_400_000
  const inv = makeInventory({ store, now: () => (clock += 1000), newUlid: makeUlidSource() })
  const by = { actor: 'me', grants: ['INVENTORY'] as const }
  const run = async (e: Effect.Effect<any, any>): Promise<any> => {
    const r = await Effect.runPromise(Effect.result(e))
    return Result.isSuccess(r) ? r.success : { refused: r.failure._tag, message: r.failure.message }
  }
  await run(inv.saveUnit({ name: 'kilogram', symbol: 'kg' }, by))
  await run(inv.saveUnit({ name: 'gram', symbol: 'g' }, by))
  await run(inv.saveUnit({ name: 'tonne', symbol: 't' }, by))
  console.log(await run(inv.saveUnitConversion({ from: 'kg', to: 'g', factor: 1000 }, by)))
  await run(inv.saveUnitConversion({ from: 't', to: 'kg', factor: '1000' }, by))
  await run(inv.saveMaterial({ path: 'M/Milk', unitOfMeasureSymbol: 'kg', shelfLifeDays: 5 }, by))
  await run(inv.saveMaterial({ path: 'M/Cream', unitOfMeasureSymbol: 'kg' }, by))
  await run(inv.saveLocation({ path: 'D/T1', storageCapacity: 1, storageCapacityUnitSymbol: 't' }, by))
  await run(inv.saveLocation({ path: 'D/T2', lotStorageStrategy: 'MERGE_INTO_PREVIOUS' }, by))
  await run(inv.saveLocation({ path: 'D/T3', lotStorageStrategy: 'ALLOW_SINGLE_OR_THROW' }, by))
  const rec = (q: unknown, extra = {}) =>
    run(
      inv.receive(
        {
          ...inv.newReceiveRequest(),
          quantity: q,
          materialIdOrPath: 'M/Milk',
          destinationLocationIdOrPath: 'D/T1',
          createIfNotExists: true,
          ...extra,
        },
        by,
      ),
    )
  console.log(
    (await rec(100)).inventoryLotName,
    (await rec('2500', { unitOfMeasureSymbol: 'g' })).quantity,
    (await rec(1, { unitOfMeasureSymbol: 't' })).message,
  )
  console.log((await rec(50, { lotIdOrName: 'X1' })).inventoryLotName)
  const con = await run(inv.consume({ quantity: 101, materialIdOrPath: 'M/Milk', sourceLocationIdOrPath: 'D/T1' }, by))
  console.log(con.message)
  console.log(
    (
      await run(
        inv.consume(
          { quantity: 101, materialIdOrPath: 'M/Milk', sourceLocationIdOrPath: 'D/T1', allowMultiple: true },
          by,
        ),
      )
    ).items.map((r: any) => [r.inventoryLotName, r.quantity]),
  )
  const un = await run(
    inv.unconsume(
      { quantity: 1, lotIdOrName: 'X1', materialIdOrPath: 'M/Milk', destinationLocationIdOrPath: 'D/T1' },
      by,
    ),
  )
  console.log(un.message)
  console.log(
    (
      await run(
        inv.move(
          {
            quantity: 10,
            lotIdOrName: 'X1',
            materialIdOrPath: 'M/Milk',
            sourceLocationIdOrPath: 'D/T1',
            destinationLocationIdOrPath: 'D/T2',
            destinationInventoryName: 'P1',
          },
          by,
        ),
      )
    ).posted,
  )
  await rec(7, { lotIdOrName: 'X2' })
  const mv = await run(
    inv.move(
      {
        quantity: 7,
        lotIdOrName: 'X2',
        materialIdOrPath: 'M/Milk',
        sourceLocationIdOrPath: 'D/T1',
        destinationLocationIdOrPath: 'D/T2',
      },
      by,
    ),
  )
  console.log(mv.message ?? mv.quantity)
  console.log(
    (await run(inv.findInventory({}, by))).items.map((r: any) => [r.locationPath, r.lotName, r.quantity, r.name]),
  )
  const x1 = await run(inv.getLotByIdOrNameAndMaterial('X1', 'M/Milk', by))
  const sp = await run(
    inv.split({ quantity: 4, sourceLotId: x1.id, sourceLocationIdOrPath: 'D/T1', destinationLotName: 'X1-a' }, by),
  )
  console.log(sp.message ?? sp.secondaryInventoryLotName)
  const child = await run(inv.getLotByIdOrNameAndMaterial('X1-a', 'M/Milk', by))
  console.log(child.status, child.onHand, child.expirationDate === x1.expirationDate)
  console.log(
    (
      await run(
        inv.editInventoryQuantity(
          { newQuantity: 5, lotIdOrName: 'X1-a', materialIdOrPath: 'M/Milk', sourceLocationIdOrPath: 'D/T1' },
          by,
        ),
      )
    ).quantity,
  )
  const mg = await run(inv.merge({ sourceLotId: child.id, destinationLotId: x1.id }, by))
  console.log(mg.message ?? mg.quantity)
  console.log(
    (
      await run(
        inv.executeInventoryActions(
          {
            requests: [
              {
                type: 'RECEIVE',
                quantity: 5,
                materialIdOrPath: 'M/Cream',
                destinationLocationIdOrPath: 'D/T3',
                lotIdOrName: 'C1',
                createIfNotExists: true,
              },
              {
                type: 'SHIP',
                quantity: 5,
                lotIdOrName: 'C1',
                materialIdOrPath: 'M/Cream',
                sourceLocationIdOrPath: 'D/T3',
              },
            ],
          },
          by,
        ),
      )
    ).map((r: any) => r.lotRecordType),
  )
  console.log((await run(inv.getLotByIdOrNameAndMaterial('C1', 'M/Cream', by))).status)
  console.log(
    (
      await run(
        inv.executeInventoryActions(
          {
            requests: [
              {
                type: 'RECEIVE',
                quantity: 5,
                materialIdOrPath: 'M/Cream',
                destinationLocationIdOrPath: 'D/T3',
                lotIdOrName: 'C2',
                createIfNotExists: true,
              },
              {
                type: 'SCRAP',
                quantity: 6,
                lotIdOrName: 'C2',
                materialIdOrPath: 'M/Cream',
                sourceLocationIdOrPath: 'D/T3',
              },
            ],
          },
          by,
        ),
      )
    ).message,
  )
  console.log(
    (await run(inv.scrapAll({ sourceLocationIdOrPath: 'D/T1' }, by))).map((r: any) => [r.inventoryLotName, r.quantity]),
  )
  console.log(await run(inv.validateConsumeRequest({ ...inv.newConsumeRequest(), quantity: 'x', bad: 1 }, by)))
  console.log(
    await run(
      inv.validateReceiveRequest(
        {
          ...inv.newReceiveRequest(),
          quantity: 0,
          lotIdOrName: 'no',
          destinationLocationIdOrPath: 'nowhere',
          ongoing: true,
          endDate: '2026-01-01T00:00:00Z',
        },
        by,
      ),
    ),
  )
  expect((await Effect.runPromise(store.verify())).mismatches).toEqual([])
})
