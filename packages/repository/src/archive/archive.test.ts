import { changedEntities, makeUlidSource, makeWebhooks } from '@lotbook/domain'
import { describe, expect, it } from 'vitest'
import { ada, archiveOf, beside, done, dump, linesOf, makePlant, newFile, open } from '../../test/plant.ts'
import type { OpenStore } from '../open-store.ts'

/** A plant with every kind of change: a correction, a reversal, a split, a deleted lot, a webhook, and names that could hurt. */
const written = async (): Promise<OpenStore> => {
  const opened = await open({ filename: newFile() })
  const { inventory, ...plant } = await makePlant(opened.store)
  const made = { expires: null, createdBy: 'ada', now: Date.UTC(2026, 10, 1) }
  await opened.keys.create({ name: 'secret', grants: ['INVENTORY'], ...made }).pipe(done)
  const lot = await plant.lot('=cmd()|"quoted", 🧀')
  const receipt = await plant.receive(lot, 100)
  const consumed = await plant.consume(lot, 0.000001)
  await done(inventory.saveInventoryLotRecord({ id: consumed.id, quantity: 3, notes: 'two\r\nlines' }, ada))
  await done(inventory.reverseLotRecord({ id: consumed.id }, ada))
  await plant.consume(lot, 5)
  await done(plant.record('UNCONSUME', lot, { quantity: 2, destinationLocationId: plant.dock }))
  const part = { quantity: 7, sourceLocationIdOrPath: 'Plant/Dock', destinationLotName: 'B' }
  await done(inventory.split({ ...part, sourceLotId: lot.id }, ada))
  const empty = await done(inventory.saveLot({ name: 'gone', materialId: plant.sugar }, ada))
  await done(inventory.deleteLot(empty.id ?? '', ada))
  await done(inventory.saveUnit({ symbol: 'g', name: 'gram' }, ada))
  await done(inventory.saveUnitConversion({ from: 'kg', to: 'g', factor: 1000 }, ada))
  await done(inventory.saveReasonCode({ lotRecordType: 'SCRAP', reasonCode: 'WET' }, ada))
  await done(inventory.changeStatus({ lotId: lot.id, newStatus: 'QA_HOLD' }, ada))
  await done(opened.store.setPolicy('permissive', 'ada', Date.UTC(2026, 10, 22)))
  const [row] = (await done(inventory.findInventory({}, ada))).items
  await done(inventory.setInventoryMetadata({ inventoryId: row?.id, notes: 'opened' }, ada))
  const { webhooks: store } = opened
  const webhooks = makeWebhooks({ webhooks: store, now: () => Date.UTC(2026, 10, 22), newUlid: makeUlidSource() })
  const { id } = await done(webhooks.saveWebhook({ url: 'https://hooks.example/a' }, ada))
  await done(webhooks.deleteWebhook(id, ada))
  expect(receipt.id).not.toBeNull()
  return opened
}

// Keys, receipts, webhooks and imports are not carried over, nor is what the head says of changed master data; the keys of
// changes have gaps where those were.
const ofItsOwn = new Set(['api_key', 'receipt', 'import_run', 'migration', 'change_log'])
const kept = (tables: Record<string, unknown[]>) => {
  const changes = (tables['change_log'] ?? []) as readonly { readonly id: number; readonly entity: string }[]
  return {
    tables: Object.entries(tables).filter(([name]) => !ofItsOwn.has(name) && name !== 'ledger_head'),
    head: (tables['ledger_head'] as readonly object[]).map((head) => ({ ...head, master_data: 0 })),
    changes: changes
      .filter(({ entity }) => !['api key', 'webhook'].includes(entity))
      .map((change) => ({ ...change, id: 0 })),
  }
}

describe('an archive', () => {
  it('restores a ledger as it was: row for row, and its own archive byte for byte', async () => {
    const original = await written()
    const text = await archiveOf(original)
    const entities = [...text.matchAll(/^\{"kind":"change","entity":"([^"]+)"/gmu)].map(([, entity]) => entity)
    expect(new Set(entities)).toEqual(new Set<string>(changedEntities.filter((entity) => entity !== 'webhook')))
    const copy = await open({ filename: newFile() })
    const checkpoint = await copy.archive.restore(linesOf(text))
    expect(checkpoint).toEqual(await done(original.store.checkpoint()))
    expect(await done(copy.store.verify())).toMatchObject({ checkpoint, mismatches: [] })
    expect(await archiveOf(copy)).toBe(text)
    expect(kept(dump(copy.info.filename))).toEqual(kept(dump(original.info.filename)))
    expect(text).not.toContain('secret')
    expect(text).not.toContain('hooks.example')
    expect(await done(copy.store.policy())).toBe('permissive')
  })

  it('is one moment of the ledger while others write', async () => {
    const opened = await open({ filename: newFile() })
    const plant = await makePlant(opened.store)
    const lot = await plant.lot('A')
    const before = await archiveOf(opened)
    const reading = opened.archive.write()
    const first = await reading.next()
    await plant.receive(lot, 5)
    let text = first.value ?? ''
    for await (const part of reading) text += part
    expect(text).toBe(before)
  })

  it('is not restored into a store that holds anything, and leaves it as it was', async () => {
    const text = await archiveOf(await written())
    const used = await open({ filename: newFile() })
    await makePlant(used.store)
    const before = dump(used.info.filename)
    await expect(used.archive.restore(linesOf(text))).rejects.toThrow('not empty')
    expect(dump(used.info.filename)).toEqual(before)
  })

  const replaced =
    (from: string | RegExp, to: string | ((found: string, part: string) => string)) => (text: string) => {
      const other = typeof to === 'string' ? text.replace(from, to) : text.replace(from, to)
      expect(other).not.toBe(text)
      return other
    }
  // As somebody would who knows the form: the digest at the end fits again.
  const withoutEnd = (text: string) => text.split('\n').slice(0, -2)
  const resealed = async (text: string) => {
    const { createHash } = await import('node:crypto')
    const lines = withoutEnd(text)
    const sha256 = createHash('sha256')
      .update(`${lines.join('\n')}\n`)
      .digest('hex')
    return `${lines.join('\n')}\n${JSON.stringify({ kind: 'end', lines: lines.length, sha256 })}\n`
  }

  it.each<[string, (text: string) => string, string]>([
    ['a quantity in a version', replaced('"quantity":100000000', '"quantity":100000001'), 'hash does not follow'],
    [
      'stock',
      replaced(/"quantity":(\d+),"name":null,"productionOrderId"/u, '"quantity":12,"name":null,"productionOrderId"'),
      'add up',
    ],
    [
      'the status of a lot',
      replaced('"status":"QA_HOLD","totalQuantity"', '"status":"AVAILABLE","totalQuantity"'),
      'entries make it QA_HOLD',
    ],
    ['the head', replaced(/"head":"([0-9a-f])/u, (_, digit) => `"head":"${digit === '0' ? '1' : '0'}`), 'rewritten'],
    [
      'a version left out',
      (text) =>
        text
          .split('\n')
          .filter((line) => !line.startsWith('{"kind":"version","sequence":3,'))
          .join('\n'),
      'line',
    ],
    ['a line twice', (text) => text.replace(/(\{"kind":"unit".*\n)/u, '$1$1'), 'does not fit'],
    ['a name that no rule lets through', replaced('"name":"gram"', '"name":"gr\u202eam"'), 'name must be'],
    [
      'another order of fields',
      replaced('"format":1,"policy":"permissive"', '"policy":"permissive","format":1'),
      'as an export writes it',
    ],
  ])('with %s changed is refused, and the store may not be used', async (_, change, why) => {
    const text = await resealed(change(await archiveOf(await written())))
    const filename = newFile()
    const copy = await open({ filename })
    const refusal = await copy.archive.restore(linesOf(text)).catch((error: unknown) => error as Error)
    expect(refusal).toMatchObject({ _tag: 'ValidationFailed', message: expect.stringContaining(why) })
    await expect(done(copy.store.checkpoint())).rejects.toThrow('restore again')
    await expect(makePlant(copy.store)).rejects.toThrow('restore again')
    await copy.close()
    const again = await open({ filename })
    await expect(done(again.store.verify())).rejects.toThrow('restore again')
    const whole = await archiveOf(await written())
    await again.archive.restore(linesOf(whole))
    expect(await archiveOf(again)).toBe(whole)
  })

  it('that was cut off or changed without its digest is refused', async () => {
    const text = await archiveOf(await written())
    const copy = await open({ filename: newFile() })
    await expect(copy.archive.restore(linesOf(`${withoutEnd(text).join('\n')}\n`))).rejects.toThrow('cut off')
    await expect(copy.archive.restore(linesOf(text.replace('"createdBy":"ada"', '"createdBy":"eve"')))).rejects.toThrow(
      'not those that were exported',
    )
    expect(beside(copy.info.filename).prepare('select count(*) as lots from lot').get()).toEqual({ lots: 0 })
  })
})
