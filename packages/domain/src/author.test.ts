import { Effect } from 'effect'
import { expect, it } from 'vitest'
import type { Call } from './inventory.ts'
import type { Refusal } from './refusals.ts'
import { soundDocument } from './testing/document-faults.ts'
import { makePlant, type Plant } from './testing/fixtures.ts'

const writing: Readonly<Record<string, (plant: Plant, lot: string, call: Call) => Effect.Effect<unknown, Refusal>>> = {
  saveUnit: ({ inventory }, _, call) => inventory.saveUnit({ symbol: 'oz', name: 'ounce' }, call),
  saveInventoryLotRecord: ({ inventory }, inventoryLotId, call) =>
    inventory.saveInventoryLotRecord({ lotRecordType: 'CONSUME', inventoryLotId, status: 'COMPLETED' }, call),
  changeStatus: ({ inventory }, lotId, call) => inventory.changeStatus({ lotId, newStatus: 'QA_HOLD' }, call),
  deleteLot: ({ inventory }, lot, call) => inventory.deleteLot(lot, call),
  importDocument: ({ epcis }, _, call) => epcis.importDocument(soundDocument(), call),
  importRow: ({ importer, ada }, _, call) =>
    Effect.flatMap(
      importer.beginImport({ scope: 's', key: 'k', fingerprint: 'f', expires: null }, ada),
      ({ id, line }) => {
        const fields = { kind: 'unit', symbol: 'oz', name: 'ounce' }
        return importer.importRow({ fields }, { run: id, line: line + 1, after: line }, call)
      },
    ),
}
const unreadable: readonly (readonly [string, unknown])[] = [
  ['none', undefined],
  ['a number', 5],
  ['no text', ''],
  ['blanks', '  '],
  ['blanks around it', ' ada'],
  ['control characters', 'a\0\u001b[31m'],
  ['a character that cannot be seen', 'ad\u200ba'],
  ['text that is not in NFC', 'Zoe\u0308'],
  ['256 characters', 'a'.repeat(256)],
  ['a million characters', '\u00e4'.repeat(1_000_000)],
]

it.each(Object.keys(writing))('%s needs an author who can be read, and refuses any other', async (name) => {
  const write = writing[name] as (typeof writing)[string]
  const plant = await makePlant()
  const lot = await plant.lot('A', { status: 'OPEN' })
  const before = await plant.dump()
  for (const [what, actor] of unreadable) {
    const refusal = await plant.refused(write(plant, lot, { ...plant.ada, actor: actor as string }))
    expect([what, refusal]).toMatchObject([
      what,
      { _tag: 'ValidationFailed', violations: { actor: ['must be text of 1 to 255 visible characters'] } },
    ])
  }
  expect(await plant.dump()).toEqual(before)
  await plant.done(write(plant, lot, { ...plant.ada, actor: 'a'.repeat(255) }))
  expect(await plant.dump()).not.toEqual(before)
})

it.each(['local:root', 'Zo\u00eb \u{1f9c0}', 'https://erp.example/jobs/7'])('%s may be an author', async (actor) => {
  const plant = await makePlant()
  await plant.done(plant.inventory.saveUnit({ symbol: 'oz', name: 'ounce' }, { ...plant.ada, actor }))
  const { createdBy } = await plant.done(plant.inventory.getUnit('oz', plant.ada))
  expect(createdBy).toBe(actor)
})
