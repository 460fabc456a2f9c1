import { hash } from 'node:crypto'
import { type Checkpoint, chainHash, firstHash, type Mismatch, showUlid, type Ulid } from '@lotbook/domain'
import type Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { ada, at, beside, done, makePlant, newFile, open } from '../../test/plant.ts'

const historyTables = ['record_version', 'stock_entry', 'lot_entry', 'take_back', 'change_log']

/** A store with some history, and the file opened beside it with nothing in the way of a forger. */
const stage = async () => {
  const file = newFile()
  const { store } = await open({ filename: file })
  const plant = await makePlant(store)
  const { inventory, dock, line } = plant
  const [a, b] = [await plant.lot('A'), await plant.lot('B')]
  const received = await plant.receive(a, 10, 10)
  await plant.receive(b, 5, 10)
  const consumed = await plant.consume(a, 4, 11)
  await done(
    plant.record('MOVE', a, { quantity: 2, sourceLocationId: dock, destinationLocationId: line, startDate: at(12) }),
  )
  await done(
    plant.record('UNCONSUME', a, {
      quantity: 1,
      destinationLocationId: dock,
      consumeRecordId: consumed.id,
      startDate: at(13),
    }),
  )
  const corrected = await done(inventory.saveInventoryLotRecord({ id: received.id, quantity: 12 }, ada))
  const scrapped = await done(plant.record('SCRAP', b, { quantity: 1, sourceLocationId: dock, startDate: at(14) }))
  await done(inventory.reverseLotRecord({ id: scrapped.id }, ada))
  await done(inventory.changeStatus({ lotId: b.id, newStatus: 'QA_HOLD' }, ada))
  const checkpoint = await done(store.checkpoint())
  const forger = beside(file)
  forger.exec('pragma foreign_keys = off')
  forger.exec('pragma ignore_check_constraints = on')
  for (const table of historyTables)
    for (const verb of ['update', 'delete']) forger.exec(`drop trigger ${table}_no_${verb}`)
  forger.exec('drop trigger record_version_dense')
  const mismatches = async (against?: Checkpoint): Promise<readonly Mismatch[]> =>
    (await done(store.verify(against))).mismatches
  /** More master data, and another policy. */
  const more = async () => {
    await done(inventory.saveUnit({ symbol: 'g', name: 'gram' }, ada))
    await done(inventory.saveUnitConversion({ from: 'kg', to: 'g', factor: 1000 }, ada))
    await done(inventory.saveMaterial({ path: 'Raw/Flour', unitOfMeasureSymbol: 'kg' }, ada))
    await done(inventory.saveReasonCode({ lotRecordType: 'SCRAP', reasonCode: 'WET' }, ada))
    await done(store.setPolicy('strict', 'ada', Date.UTC(2026, 10, 22)))
  }
  return { store, forger, mismatches, checkpoint, a, b, received, consumed, corrected, scrapped, plant, more }
}

const busy = async () => {
  const reopened = await open({ filename: newFile() })
  const plant = await makePlant(reopened.store)
  const lot = await plant.lot('A')
  await plant.receive(lot, 1000)
  return { opened: reopened, plant, lot }
}

const sha256 = (text: string) => hash('sha256', text)

/** Makes the chain fit again from a sequence on, as somebody would who can write every table. */
const rewriteChain = (forger: Database.Database): Checkpoint => {
  const versions = forger
    .prepare<[], { sequence: number; content: string }>(
      'select sequence, content from record_version order by sequence',
    )
    .all()
  let head = firstHash
  for (const { sequence, content } of versions) {
    head = chainHash(sha256, head, sequence, content)
    forger.prepare('update record_version set hash = ? where sequence = ?').run(head, sequence)
  }
  forger.prepare('update ledger_head set count = ?, head = ?').run(versions.length, head)
  return { count: versions.length, head }
}

describe('verify', () => {
  it('finds nothing where nothing was touched', async () => {
    const { store, checkpoint, mismatches } = await stage()
    expect(await done(store.verify())).toEqual({ checkpoint, records: 10, lots: 2, inventoryRows: 3, mismatches: [] })
    expect(await mismatches(checkpoint)).toEqual([])
    expect(await mismatches({ count: 0, head: firstHash })).toEqual([])
  })

  it('names the version of which one byte was edited', async () => {
    const { forger, mismatches, consumed } = await stage()
    forger
      .prepare(
        'update record_version set content = replace(content, \'"quantity":4000000\', \'"quantity":4000001\') where sequence = ?',
      )
      .run(consumed.sequence)
    expect(await mismatches()).toEqual([
      {
        subject: consumed.id,
        sequence: consumed.sequence,
        problem: 'its hash does not follow from its content and the hash before it',
      },
      {
        subject: consumed.id,
        sequence: consumed.sequence,
        problem: 'its quantity is 4000000, and its latest version says 4000001',
      },
    ])
  })

  it('names the version whose writing time was moved', async () => {
    const { forger, mismatches, consumed } = await stage()
    forger.prepare('update record_version set known_at = known_at - 1 where sequence = ?').run(consumed.sequence)
    expect((await mismatches())[0]).toEqual({
      subject: consumed.id,
      sequence: consumed.sequence,
      problem: `it counts as known from ${Date.UTC(2026, 10, 23, 8) - 1} on, which is not what the writing times come to`,
    })
  })

  it('names the version whose text is no longer one', async () => {
    const { forger, mismatches, consumed } = await stage()
    forger.prepare("update record_version set content = '{' || content where sequence = ?").run(consumed.sequence)
    const found = await mismatches()
    expect(found).toContainEqual({
      subject: consumed.id,
      sequence: consumed.sequence,
      problem: 'its content cannot be read',
    })
  })

  it.each([
    ['a stock entry', 'update stock_entry set quantity = quantity + 1 where sequence = ?', 'its stock entries'],
    [
      'the place of a stock entry',
      'update stock_entry set location = 3 - location where sequence = ?',
      'its stock entries',
    ],
    ['the time of a stock entry', 'update stock_entry set effective_at = 0 where sequence = ?', 'its stock entries'],
    ['a stock entry of nowhere', 'update stock_entry set location = 77 where sequence = ?', 'its stock entries'],
    ['a stock entry less', 'delete from stock_entry where sequence = ?', 'its stock entries'],
    [
      'a stock entry of another record',
      'update stock_entry set record = record + 1 where sequence = ?',
      'its entries are filed',
    ],
  ])('finds %s', async (_, sql, problem) => {
    const { forger, mismatches, consumed } = await stage()
    forger.prepare(sql).run(consumed.sequence)
    const found = await mismatches()
    expect(found).toContainEqual({
      subject: consumed.id,
      sequence: consumed.sequence,
      problem: expect.stringContaining(problem),
    })
  })

  it.each([
    ['a lot entry', 'update lot_entry set total = total - 1 where sequence = 3', 3, 'its lot entries'],
    ['what was taken back', 'update take_back set quantity = 3', 7, 'what it takes back'],
    [
      'an entry of no version',
      'update stock_entry set sequence = 99 where sequence = 5',
      99,
      'a version that does not exist',
    ],
    ['a record’s row', "update lot_record set notes = 'forged' where sequence = 5", 5, 'its notes is "forged"'],
    ['a record that says it is not reversed', 'update lot_record set reversed_by = null', 9, 'it is not reversed by'],
    ['a record that took back more', 'update lot_record set taken_back = 0', 5, '0 of it are kept as taken back'],
    [
      'a record that posted elsewhere',
      'update lot_record set posted_sequence = 4 where sequence = 5',
      5,
      'it posted at 5',
    ],
    [
      'a record that knows an older version',
      'update lot_record set sequence = 3 where sequence = 8',
      3,
      'its latest version has the sequence 8',
    ],
  ])('finds %s', async (_, sql, sequence, problem) => {
    const { forger, mismatches } = await stage()
    forger.exec(sql)
    const found = await mismatches()
    expect(found).toContainEqual(expect.objectContaining({ sequence, problem: expect.stringContaining(problem) }))
  })

  it('finds a balance that was edited', async () => {
    const { forger, mismatches } = await stage()
    const row = forger
      .prepare<[], { ulid: Ulid }>(
        'update inventory set quantity = quantity + 1 where quantity = 2000000 returning ulid',
      )
      .get()
    expect(await mismatches()).toEqual([
      {
        subject: showUlid(row?.ulid as Ulid),
        sequence: null,
        problem: 'it holds 2000001, and its entries add up to 2000000',
      },
    ])
  })

  it.each([
    [
      'status',
      "update lot set status = 'CLOSED' where name = 'A'",
      'its status is CLOSED, and its entries make it AVAILABLE',
    ],
    [
      'total',
      "update lot set total_quantity = 1 where name = 'A'",
      'its totalQuantity is 1, and its entries make it 12000000',
    ],
    [
      'closed date',
      "update lot set closed_at = 1 where name = 'A'",
      'its closedDate is 1, and its entries make it null',
    ],
  ])('finds a lot whose %s was edited', async (_, sql, problem) => {
    const { forger, mismatches, a } = await stage()
    forger.exec(sql)
    expect(await mismatches()).toEqual([{ subject: a.id, sequence: null, problem }])
  })

  it.each([
    ['the material of a lot', "update lot set material = 2 where name = 'A'", 'its materialId is'],
    ['the unit of a lot', "update lot set unit = 2 where name = 'A'", 'its unitOfMeasureId is'],
    ['the name of a lot', "update lot set name = 'C' where name = 'A'", 'its name is "C", and was last set to "A"'],
    [
      'its supplier',
      "update lot set supplier_id = 'S' where name = 'A'",
      'its supplierId is "S", and was last set to null',
    ],
    [
      'who made a lot',
      "update lot set created_by = 'eve' where name = 'A'",
      'its createdBy is "eve", and it was made by "ada"',
    ],
    [
      'when a lot was made',
      "update lot set created_at = 7 where name = 'A'",
      'its createdDate is 7, and it was made at',
    ],
    [
      'whether a lot is used',
      "update lot set enabled = 0 where name = 'A'",
      'its enabled is false, and was last set to true',
    ],
    [
      'the path of a place',
      "update location set path = 'Plant/Deck' where path = 'Plant/Dock'",
      'its path is "Plant/Deck"',
    ],
    [
      'the path of a material',
      "update material set path = 'Raw/Salt' where path = 'Raw/Sugar'",
      'its path is "Raw/Salt"',
    ],
    ['the unit of a material', "update material set unit = 2 where path = 'Raw/Sugar'", 'its unitOfMeasureId is'],
    [
      'the symbol of a unit',
      "update unit set symbol = 't' where symbol = 'kg'",
      'its symbol is "t", and was last set to "kg"',
    ],
    ['a description', "update material set description = 'x'", 'its description is "x", and was last set to null'],
    ['a factor', 'update unit_conversion set numerator = 1', 'its numerator is 1, and was last set to 1000'],
    [
      'a reason code',
      "update reason_code set reason_code = 'DRY'",
      'its reasonCode is "DRY", and was last set to "WET"',
    ],
    [
      'a label of stock',
      "update inventory set name = 'shelf' where quantity = 2000000",
      'its name is "shelf", and was last set to null',
    ],
    [
      'whether stock is used',
      'update inventory set enabled = 0 where quantity = 2000000',
      'its enabled is false, and was last set to true',
    ],
    [
      'what was changed, so that it cannot be read',
      "update change_log set to_value = '{' where field = 'reasonCode'",
      'its reasonCode is "WET", and was last set to "{"',
    ],
    ['the policy', "update ledger_head set policy = 'standard'", 'it is standard, and was last set to strict'],
  ])('finds that somebody edited %s', async (_, sql, problem) => {
    const { forger, mismatches, more } = await stage()
    await more()
    expect(await mismatches()).toEqual([])
    forger.exec(sql)
    const found = await mismatches()
    expect(found.length).toBeGreaterThan(0)
    for (const mismatch of found)
      expect(mismatch).toMatchObject({ sequence: null, problem: expect.stringContaining(problem) })
  })

  it('finds that somebody edited how a lot began', async () => {
    const { forger, mismatches } = await stage()
    forger.exec("update lot set initial_status = 'CLOSED' where name = 'B'")
    expect(await mismatches()).toMatchObject([{ problem: 'an entry takes it from OPEN, and it was CLOSED' }])
  })

  it('finds that somebody edited a policy that was never set', async () => {
    const { forger, mismatches } = await stage()
    forger.exec("update ledger_head set policy = 'permissive'")
    const problem = 'it is permissive and was never set, and records passed standard'
    expect(await mismatches()).toEqual([{ subject: 'policy', sequence: null, problem }])
  })

  it('finds nothing where all of it was changed by the rules', async () => {
    const { mismatches, more, plant, a } = await stage()
    await more()
    const { inventory } = plant
    await done(
      inventory.saveLot(
        { id: a.id, name: 'A2', materialId: plant.sugar, supplierId: 'S', notes: 'opened', enabled: false },
        ada,
      ),
    )
    await done(inventory.saveLot({ id: a.id, supplierId: 'T', enabled: true, expirationDate: at(28) }, ada))
    await done(inventory.saveMaterial({ id: plant.sugar, path: 'Raw/Sucrose', description: 'white' }, ada))
    await done(
      inventory.saveLocation(
        { id: plant.dock, type: 'dock', storageCapacity: 1000, storageCapacityUnitSymbol: 'kg' },
        ada,
      ),
    )
    await done(
      inventory.split(
        { sourceLotId: a.id, quantity: 1, sourceLocationIdOrPath: 'Plant/Line', destinationLotName: 'P' },
        ada,
      ),
    )
    const { items } = await done(inventory.findInventory({ lot: a.id, limit: 1 }, ada))
    await done(
      inventory.setInventoryMetadata({ inventoryId: items[0]?.id, name: 'shelf', notes: 'left', spare1: 'x' }, ada),
    )
    await done(inventory.setInventoryMetadata({ inventoryId: items[0]?.id, notes: 'right' }, ada))
    expect(await mismatches()).toEqual([])
  })

  it('finds a row of stock that is gone', async () => {
    const { forger, mismatches } = await stage()
    forger.exec('delete from inventory where quantity = 2000000')
    expect(await mismatches()).toMatchObject([{ sequence: null, problem: expect.stringContaining('there is no row') }])
  })

  it('finds a version that is gone', async () => {
    const { forger, mismatches, consumed } = await stage()
    for (const table of ['stock_entry', 'record_version'])
      forger.prepare(`delete from ${table} where sequence = ?`).run(consumed.sequence)
    const problems = (await mismatches()).map(({ problem }) => problem)
    expect(problems).toContain(
      `the version before it has the sequence ${(consumed.sequence ?? 0) - 1}: some are missing`,
    )
    expect(problems).toContain('none of its versions is left')
  })

  it('finds that the last version is gone, with all that belonged to it', async () => {
    const { forger, mismatches, checkpoint } = await stage()
    const { count } = checkpoint
    for (const table of ['stock_entry', 'lot_entry', 'record_version', 'lot_record'])
      forger.exec(`delete from ${table} where sequence = ${count}`)
    forger.exec("update lot set status = 'AVAILABLE'")
    expect(await mismatches()).toEqual([
      {
        subject: 'chain',
        sequence: count,
        problem: `the ledger should end at ${count}, and its last version is ${count - 1}`,
      },
    ])
    const shorter = rewriteChain(forger)
    expect(await mismatches()).toEqual([])
    expect(await mismatches(checkpoint)).toEqual([
      {
        subject: 'chain',
        sequence: count,
        problem: `the checkpoint counts ${count} versions, and there are ${shorter.count}`,
      },
    ])
  })

  it('finds versions that changed places', async () => {
    const { forger, mismatches } = await stage()
    const swap = forger.prepare('update record_version set sequence = ? where sequence = ?')
    for (const [to, from] of [
      [100, 5],
      [5, 6],
      [6, 100],
    ])
      swap.run(to, from)
    const found = await mismatches()
    expect(found.slice(0, 2).map(({ sequence }) => sequence)).toEqual([5, 5])
    expect(found[0]?.problem).toContain('its hash does not follow')
  })

  it('finds a history rewritten as a whole only against a checkpoint from before', async () => {
    const { forger, mismatches, checkpoint, consumed } = await stage()
    const forge = (table: string, column: string) =>
      forger
        .prepare(
          `update ${table} set ${column} = replace(${column}, '"createdBy":"ada"', '"createdBy":"eve"') where sequence = ?`,
        )
        .run(consumed.sequence)
    forge('record_version', 'content')
    forger.prepare("update lot_record set created_by = 'eve' where sequence = ?").run(consumed.sequence)
    rewriteChain(forger)
    expect(await mismatches()).toEqual([])
    expect(await mismatches(checkpoint)).toEqual([
      {
        subject: 'chain',
        sequence: checkpoint.count,
        problem: 'the history up to the checkpoint was rewritten: its hash is another one',
      },
    ])
  })

  it('lets others write while it reads, and sees one moment', async () => {
    const { opened, plant, lot } = await busy()
    const { store } = opened
    let going = true
    const writing = (async () => {
      while (going) await Promise.all(Array.from({ length: 10 }, () => plant.consume(lot, 0.001)))
    })()
    const counts: number[] = []
    for (let round = 0; round < 5; round++) {
      const { mismatches, checkpoint, records } = await done(store.verify())
      expect(mismatches).toEqual([])
      expect(records).toBe(checkpoint.count)
      counts.push(checkpoint.count)
    }
    going = false
    await writing
    expect(counts.at(-1)).toBeGreaterThan(counts[0] ?? 0)
  })
})

describe('the expiration date of a lot', () => {
  it('may be set by records and without them', async () => {
    const file = newFile()
    const { store } = await open({ filename: file })
    const { inventory, dock } = await makePlant(store)
    const milk = await done(
      inventory.saveMaterial({ path: 'Raw/Milk', unitOfMeasureSymbol: 'kg', shelfLifeDays: 20 }, ada),
    )
    const lot = await done(inventory.saveLot({ name: 'M', materialId: milk.id, status: 'AVAILABLE' }, ada))
    const receive = { lotRecordType: 'RECEIVE', inventoryLotId: lot.id, status: 'COMPLETED', quantity: 1 }
    await done(inventory.saveInventoryLotRecord({ ...receive, destinationLocationId: dock }, ada))
    const mismatches = async () => (await done(store.verify())).mismatches
    expect(await mismatches()).toEqual([])
    const forger = beside(file)
    forger.exec('update lot set expires_at = expires_at + 1')
    expect(await mismatches()).toMatchObject([{ subject: lot.id, problem: expect.stringContaining('expirationDate') }])
    forger.exec('update lot set expires_at = expires_at - 1')
    await done(inventory.saveLot({ id: lot.id, expirationDate: at(25) }, ada))
    expect(await mismatches()).toEqual([])
  })
})
