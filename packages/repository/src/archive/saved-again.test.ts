import type { RecordView } from '@lotbook/domain'
import { describe, expect, it } from 'vitest'
import { ada, archiveOf, at, done, linesOf, makePlant, newFile, open, type Plant } from '../../test/plant.ts'
import { newPostgres } from '../../test/postgres-under-test.ts'
import type { OpenStore } from '../open-store.ts'

const operation = '01JE6F0CE9T94PZD8RTH9J01TA'

/** Records that leave something in the trace, each for another way to be saved again. */
const first = async (plant: Plant) => {
  const lots = { sugar: await plant.lot('S'), syrup: await plant.lot('Y'), other: await plant.lot('O') }
  const received = await plant.receive(lots.sugar, 1000)
  const from = { sourceLocationId: plant.dock, startDate: at(21) }
  const into = { ...from, secondaryInventoryLotId: lots.syrup.id }
  const consume = (fields: object) => done(plant.record('CONSUME', lots.sugar, { quantity: 1, ...fields }))
  return {
    lots,
    received,
    noted: await consume(into),
    reversed: await consume(into),
    reversedInOperation: await consume({ ...from, operationId: operation }),
    partlyTakenBack: await consume({ ...into, quantity: 9 }),
    unposted: await consume({ ...into, status: 'IDLE' }),
  }
}

/** Saves them again, each in its way. */
const again = async ({ inventory, record, dock }: Plant, made: Awaited<ReturnType<typeof first>>) => {
  const save = (view: RecordView, fields: object) =>
    done(inventory.saveInventoryLotRecord({ id: view.id, ...fields }, ada))
  await save(made.received, { notes: 'weighed twice' })
  await save(made.noted, { notes: 'of the second shift' })
  for (const view of [made.reversed, made.reversedInOperation]) {
    await done(inventory.reverseLotRecord({ id: view.id }, ada))
    await save(view, { notes: 'why it was taken back' })
  }
  await done(
    record('UNCONSUME', made.lots.sugar, {
      quantity: 2,
      destinationLocationId: dock,
      consumeRecordId: made.partlyTakenBack.id,
    }),
  )
  await save(made.partlyTakenBack, { notes: 'two were left' })
  await save(made.unposted, { secondaryInventoryLotId: made.lots.other.id })
  await save(made.unposted, { status: 'COMPLETED' })
}

const restoresEqual = async (opened: OpenStore, copy: OpenStore): Promise<void> => {
  const text = await archiveOf(opened)
  const checkpoint = await copy.archive.restore(linesOf(text))
  expect(checkpoint).toEqual(await done(opened.store.checkpoint()))
  expect(await archiveOf(copy)).toBe(text)
  expect(await done(copy.store.verify())).toMatchObject({ checkpoint, mismatches: [] })
}

const engines = [
  ['SQLite', newFile],
  ['PostgreSQL', newPostgres],
] as const

describe.each(engines)('on %s an archive restores records that were saved again', (_, place) => {
  const stage = async () => {
    const opened = await open({ filename: await place() })
    return { opened, plant: await makePlant(opened.store), copy: await open({ filename: await place() }) }
  }

  it('soon afterwards', async () => {
    const { opened, plant, copy } = await stage()
    await again(plant, await first(plant))
    await restoresEqual(opened, copy)
  })

  it('after more others than are restored at once', async () => {
    const { opened, plant, copy } = await stage()
    const made = await first(plant)
    const move = { type: 'move', lotIdOrName: made.lots.sugar.id, quantity: 0.001 }
    const there = { ...move, sourceLocationIdOrPath: 'Plant/Dock', destinationLocationIdOrPath: 'Plant/Line' }
    await done(plant.inventory.executeInventoryActions({ requests: Array.from({ length: 510 }, () => there) }, ada))
    await again(plant, made)
    await restoresEqual(opened, copy)
  })
})
