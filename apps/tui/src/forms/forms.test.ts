import { actionCatalog } from '@lotbook/domain'
import { at, makePlant, type Plant } from '@lotbook/domain/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import { edit, lineOf } from '../app/edit-line.ts'
import { formFields } from './form-fields.ts'
import { formLines, windowOf } from './form-lines.ts'
import { changeLine, openForm, textsOf, withViolations } from './form-state.ts'
import { forms } from './forms.ts'
import { afterwardsLines, previewLines, questionText } from './question.ts'
import { makeReceipts } from './receipt.ts'
import { fitting, suggestionsFor } from './suggestions.ts'
import { toRequest } from './to-request.ts'

let plant: Plant
beforeAll(async () => {
  plant = await makePlant()
  await plant.done(plant.inventory.saveReasonCode({ lotRecordType: 'SCRAP', reasonCode: 'Damaged' }, plant.ada))
  await plant.lot('S-1', { stock: 10 })
})

const fieldsOf = (name: string) => formFields(forms[name] as (typeof forms)[string])
const fieldOf = (form: string, name: string) => {
  const field = fieldsOf(form).find((one) => one.name === name)
  if (field === undefined) throw new Error(`${form} has no ${name}`)
  return field
}
const asking = (texts: Readonly<Record<string, string>> = {}) => ({
  inventory: plant.inventory,
  caller: plant.ada,
  lotRecordType: 'SCRAP' as const,
  texts,
})

describe('forms', () => {
  it('are there for every documented action, with every field', () => {
    for (const [name, { fields }] of Object.entries(actionCatalog))
      expect(
        fieldsOf(name)
          .map((field) => field.name)
          .toSorted(),
      ).toEqual(
        Object.keys(fields)
          // The place of scrapAll has two names, and is asked for by one.
          .filter((field) => field !== 'type' && !(name === 'scrapAll' && field === 'locationIdOrPath'))
          .toSorted(),
      )
  })

  it('ask for one place where everything is scrapped, and say that it is required', () => {
    const places = fieldsOf('scrapAll').filter(({ name }) => /^(?:source)?location/iu.test(name))
    expect(places.map(({ label, isRequired }) => [label, isRequired])).toEqual([['source location', true]])
  })

  it('begin a new lot at its name, say what it needs, and what it is when nothing is written', () => {
    const fields = fieldsOf('saveLot')
    const shown = (filled: Readonly<Record<string, string>>) =>
      formLines(fields, { ...openForm(fields, filled), at: fields.length }, [], 'Save', 80).map(({ pieces }) =>
        pieces
          .map(({ text }) => text)
          .join('')
          .trim(),
      )
    expect(openForm(fields, {}).at).toBe(0)
    expect(shown({}).slice(0, 2)).toEqual(['name*', 'material*'])
    expect(shown({})).toContainEqual(expect.stringMatching(/^enabled +yes$/u))
    expect(shown({ id: 'x' })).toContainEqual('enabled')
  })

  it('ask for what is required first, in words', () => {
    expect(
      fieldsOf('move')
        .slice(0, 3)
        .map(({ label }) => label),
    ).toEqual(['quantity', 'source location', 'destination location'])
  })

  it('asks before it holds a recall, by lot and amount, and then does exactly that', async () => {
    const { inventory, ada } = plant
    const [from, into] = [await plant.lot('R-1', { stock: 10 }), await plant.lot('R-2')]
    await plant.save('CONSUME', from, {
      ...{ quantity: 4, secondaryInventoryLotId: into, sourceLocationId: plant.location.dock, startDate: at(2) },
    })
    const form = forms['holdRecalledLots']
    const request = { lotId: from, notes: 'glass' }
    const before = await plant.dump()
    expect(await plant.done(form?.question?.(inventory)(request, ada) ?? expect.fail('it asks'))).toEqual({
      text: 'Recall of lot R-1: put 1 lot on QA_HOLD?',
      lines: ['R-1: 6 kg on hand, was AVAILABLE', 'R-2: left as it is, NO_STOCK'],
    })
    expect(await plant.dump()).toEqual(before)
    expect(await plant.done(form?.perform(inventory)(request, ada) ?? expect.fail('it does it'))).toEqual({
      records: [],
      text: '1 lot on QA_HOLD now',
    })
    expect(await plant.get(from)).toMatchObject({ status: 'QA_HOLD' })
  })

  it('open on the first required field that is empty, and else on the button', () => {
    const fields = fieldsOf('changeStatus')
    expect(openForm(fields, { lotId: 'x' }).at).toBe(1)
    expect(openForm(fields, { lotId: 'x', newStatus: 'QA_HOLD' }).at).toBe(fields.length)
  })

  it('show each violation beside its field until that is changed, and go to the first', () => {
    const fields = fieldsOf('consume')
    const opened = openForm(fields, { quantity: '1,5' })
    const said = withViolations(opened, fields, {
      notes: ['is too long'],
      quantity: ['must be a decimal'],
      other: ['is odd'],
    })
    const text = formLines(fields, said, [], 'Consume', 60).map(({ pieces }) =>
      pieces.map((piece) => piece.text).join(''),
    )
    expect(said.at).toBe(0)
    const below = (label: string) => text[text.findIndex((line) => line.includes(label)) + 1]?.trim()
    expect([below('quantity*'), below('notes'), text.at(-2)]).toEqual([
      '! must be a decimal',
      '! is too long',
      '! other is odd',
    ])
    const changed = changeLine(said, 'quantity', edit.rubOut(lineOf('1,5')))
    expect([Object.keys(changed.violations), textsOf(changed)['quantity']]).toEqual([['notes', 'other'], '1,'])
  })

  it('keep the field that is written on a small screen, with what is said of it', () => {
    const fields = fieldsOf('consume')
    for (const at of [0, 5, fields.length - 1, fields.length]) {
      const state = { ...openForm(fields, {}), at }
      const shown = windowOf(formLines(fields, state, [], 'Consume', 40), at, 4)
      expect(shown).toHaveLength(4)
      expect(shown.some((line) => line.at === at)).toBe(true)
    }
  })

  it('turn names into ids where the ledger wants ids, and leave what they cannot read to the ledger', async () => {
    const fields = fieldsOf('scrap')
    const texts = {
      quantity: '2',
      materialReasonCodeId: 'Damaged',
      allowMultiple: 'yes',
      startDate: '2026-11-23',
      notes: ' ',
    }
    const request = await plant.done(toRequest(asking(texts), fields))
    expect(request).toEqual({
      quantity: '2',
      materialReasonCodeId: expect.stringMatching(/^[0-9A-Z]{10}-/u),
      allowMultiple: true,
      startDate: '2026-11-23T00:00:00Z',
    })
    const odd = await plant.done(toRequest(asking({ ...texts, materialReasonCodeId: 'Odd' }), fields))
    expect(odd['materialReasonCodeId']).toBe('Odd')
  })

  it('suggest places, materials, units, lots, reasons and words', async () => {
    const texts = async (form: string, name: string, text = '') =>
      fitting(await plant.done(suggestionsFor(asking(), fieldOf(form, name), text)), text).map((one) => one.text)
    expect(await texts('move', 'sourceLocationIdOrPath', 'do')).toEqual(['Plant/Dock'])
    expect(await texts('consume', 'materialIdOrPath', 'raw')).toEqual(['Raw/Milk', 'Raw/Sugar'])
    expect(await texts('consume', 'unitOfMeasureSymbol')).toEqual(['kg', 'l', 'pcs'])
    expect(await texts('consume', 'lotIdOrName', 'S-')).toEqual(['S-1'])
    expect(await texts('scrap', 'materialReasonCodeId')).toEqual(['Damaged'])
    expect(await texts('changeStatus', 'newStatus', 'qa')).toEqual(['QA_HOLD'])
    expect(await texts('consume', 'notes')).toEqual([])
    expect(await texts('split', 'destinationLotName', 's')).toEqual([])
  })

  it('suggest all that lies of a lot at a place as its quantity', async () => {
    const suggested = async (texts: Readonly<Record<string, string>>) =>
      (await plant.done(suggestionsFor(asking(texts), fieldOf('ship', 'quantity'), ''))).map((one) => one.text)
    const of = { lotIdOrName: 'S-1', sourceLocationIdOrPath: 'Plant/Dock' }
    expect(await suggested(of)).toEqual(['10'])
    expect(await suggested({ ...of, unitOfMeasureSymbol: 'kg' })).toEqual(['10'])
    expect(await suggested({ ...of, unitOfMeasureSymbol: 'l' })).toEqual([])
    expect(await suggested({})).toEqual([])
  })

  it('take the lot of exactly that name, and an id where several have it', async () => {
    for (let count = 0; count < 21; count += 1) await plant.lot(`D-1-${count}`)
    await plant.lot('D-1')
    const request = async () => plant.done(toRequest(asking({ destinationLotId: 'D-1' }), fieldsOf('merge')))
    expect(await request()).toEqual({ destinationLotId: expect.stringMatching(/^[0-9A-Z]{10}-/u) })
    await plant.lot('D-1', { material: 'milk' })
    expect(await request()).toEqual({ destinationLotId: 'D-1' })
    const [one, other] = await plant.done(suggestionsFor(asking(), fieldOf('merge', 'destinationLotId'), 'D-1'))
    expect([one?.about, other?.about]).toEqual([
      expect.stringContaining('D-1 Raw/Sugar'),
      expect.stringContaining('D-1 Raw/Milk'),
    ])
    expect(one?.text).toBe(one?.wire)
  })

  it('ask by the lot and the amount, and show what would be', async () => {
    const request = {
      quantity: '4',
      lotIdOrName: 'S-1',
      materialIdOrPath: 'Raw/Sugar',
      sourceLocationIdOrPath: 'Plant/Dock',
    }
    const preview = await plant.done(plant.inventory.dryRun.scrap(request, plant.ada))
    expect(questionText('Scrap', preview, 'S-1')).toBe('Scrap: 4 kg of lot S-1?')
    expect(previewLines(preview)).toEqual(['S-1: 6 kg at Plant/Dock', 'S-1: AVAILABLE, 6 kg on hand'])
  })

  it('show what would be in the rows that there are, and say how much does not fit', () => {
    const lines = ['one two', 'three', 'four']
    expect(afterwardsLines(lines, 5, 4)).toEqual(['one', 'two', 'three', 'four'])
    expect(afterwardsLines(lines, 5, 3)).toEqual(['one', 'two', '… and 2 lines more'])
    expect(afterwardsLines(lines, 5, 0)).toEqual(['… and 4 lines more'])
  })

  it('ask of a merge by the lot that is emptied, and say into which', async () => {
    const sourceLotId = await plant.lot('EMPTIED-1', { stock: 4 })
    const destinationLotId = await plant.lot('FILLED-1', { stock: 3 })
    const preview = await plant.done(plant.inventory.dryRun.merge({ sourceLotId, destinationLotId }, plant.ada))
    expect(questionText('Merge', preview, 'EMPTIED-1')).toBe('Merge: 4 kg of lot EMPTIED-1 into lot FILLED-1?')
  })

  it('send the same thing under the same key, and another thing under another', () => {
    const receipts = makeReceipts(() => 0)
    const [one, again, other] = [receipts({ a: 1 }), receipts({ a: 1 }), receipts({ a: 2 })]
    expect(again.key).toBe(one.key)
    expect(other.key).not.toBe(one.key)
    expect(other.fingerprint).not.toBe(one.fingerprint)
  })

  it('send what was put back as it was under the key that it had', () => {
    const receipts = makeReceipts(() => 0)
    const [one, other, again] = [receipts({ a: 1 }), receipts({ a: 2 }), receipts({ a: 1 })]
    expect([again.key === one.key, other.key === one.key]).toEqual([true, false])
  })
})
