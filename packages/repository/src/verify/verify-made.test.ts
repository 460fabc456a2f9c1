import type { Mismatch, Store } from '@lotbook/domain'
import Database from 'better-sqlite3'
import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { ada, at, done, makePlant, newFile, open } from '../../test/plant.ts'
import { newPostgres } from '../../test/postgres-under-test.ts'

const historyTables = ['record_version', 'stock_entry', 'lot_entry', 'take_back', 'change_log']

const forgeSqlite = async (filename: string, statements: readonly string[]): Promise<void> => {
  const database = new Database(filename)
  database.pragma('foreign_keys = off')
  database.pragma('ignore_check_constraints = on')
  for (const table of historyTables)
    for (const verb of ['update', 'delete']) database.exec(`drop trigger ${table}_no_${verb}`)
  for (const sql of statements) database.exec(sql)
  database.close()
}

const forgePostgres = async (address: string, statements: readonly string[]): Promise<void> => {
  const client = new pg.Client({ connectionString: address })
  await client.connect()
  try {
    await client.query('set session_replication_role = replica')
    await client.query('alter table lot_record drop constraint lot_record_effective')
    for (const sql of statements) await client.query(sql)
  } finally {
    await client.end()
  }
}

/** A ledger with one of everything that is only told of in the change table, and nothing that refers to it. */
const stage = async (store: Store) => {
  const { inventory, sugar, dock, lot, receive } = await makePlant(store)
  await done(inventory.saveUnit({ symbol: 'g', name: 'gram' }, ada))
  const piece = await done(inventory.saveUnit({ symbol: 'pc', name: 'piece' }, ada))
  const conversion = await done(inventory.saveUnitConversion({ from: 'kg', to: 'g', factor: 1000 }, ada))
  const material = await done(inventory.saveMaterial({ path: 'Raw/Flour', unitOfMeasureSymbol: 'kg' }, ada))
  const location = await done(inventory.saveLocation({ path: 'Plant/Shelf' }, ada))
  const reason = await done(inventory.saveReasonCode({ lotRecordType: 'SCRAP', reasonCode: 'WET' }, ada))
  const a = await lot('A')
  const untouched = (name: string) => done(inventory.saveLot({ name, materialId: sugar }, ada))
  const [empty, deleted] = [await untouched('EMPTY'), await untouched('DELETED')]
  await receive(a, 10, 10)
  await done(inventory.deleteLot(deleted.id ?? '', ada))
  const record = await receive(a, 5, 11)
  // A lot that is made by a record, and inherits: its supplier may be told before its name.
  await done(inventory.saveLot({ id: a.id, supplierId: 'S' }, ada))
  await done(
    inventory.split({ sourceLotId: a.id, quantity: 1, sourceLocationIdOrPath: dock, destinationLotName: 'P' }, ada),
  )
  return { piece, conversion, material, location, reason, empty, deleted, record }
}
type Stage = Awaited<ReturnType<typeof stage>>

const engines = [
  { engine: 'SQLite', place: async () => newFile(), forge: forgeSqlite },
  { engine: 'PostgreSQL', place: newPostgres, forge: forgePostgres },
] as const

const ghost = '01JE6F0CE9T94PZD8RTH9J01AA'
const shown = '01JE6F0CE9-T94PZD8R-TH9J01AA'

/** The statement that adds a row like another one, some columns of it otherwise. */
const addLike = (table: string, columns: string, others: Readonly<Record<string, string>>, where: string): string => {
  const names = ['version', 'enabled', 'created_at', 'created_by', ...(columns === '' ? [] : [columns])]
  return `insert into ${table} (id, ulid, ${[...names, ...Object.keys(others)].join()})
    select 777, '${ghost}', ${[...names, ...Object.values(others)].join()} from ${table} where ${where}`
}

const gone = (entity: string) => `changes tell of this ${entity} and not of its deletion, and it is gone`
const notMade = 'no change tells of its making'

type Case = readonly [string, readonly string[], (plant: Stage) => readonly (readonly [string | null, string])[]]

const nobodyMade = (what: string, ...row: Parameters<typeof addLike>): Case => [
  `${what} that nobody made`,
  [addLike(...row)],
  () => [[shown, notMade]],
]

const cases: readonly Case[] = [
  ['a unit that is gone', ["delete from unit where symbol = 'pc'"], ({ piece }) => [[piece.id, gone('unit')]]],
  [
    'a unit conversion that is gone',
    ['delete from unit_conversion'],
    ({ conversion }) => [[conversion.id, gone('unit conversion')]],
  ],
  [
    'a unit conversion of a unit that never was',
    ['update unit_conversion set from_unit = 77'],
    ({ conversion }) => [[conversion.id, gone('unit conversion')]],
  ],
  [
    'a material that is gone',
    ["delete from material where path = 'Raw/Flour'"],
    ({ material }) => [[material.id, gone('material')]],
  ],
  [
    'a location that is gone',
    ["delete from location where path = 'Plant/Shelf'"],
    ({ location }) => [[location.id, gone('location')]],
  ],
  ['a reason code that is gone', ['delete from reason_code'], ({ reason }) => [[reason.id, gone('reason code')]]],
  ['a lot that is gone', ["delete from lot where name = 'EMPTY'"], ({ empty }) => [[empty.id, gone('lot')]]],
  nobodyMade('a unit', 'unit', '', { name: "'ton'", symbol: "'t'" }, "symbol = 'kg'"),
  nobodyMade(
    'a unit conversion',
    'unit_conversion',
    'from_unit, to_unit, denominator',
    { numerator: '5', material: "(select id from material where path = 'Raw/Sugar')" },
    'material is null',
  ),
  nobodyMade('a material', 'material', 'unit, initial_lot_status', { path: "'Raw/Secret'" }, "path = 'Raw/Sugar'"),
  nobodyMade(
    'a location',
    'location',
    'lot_storage_strategy, lot_use_strategy',
    { path: "'Plant/Secret'", allow_negative_inventory: '1' },
    "path = 'Plant/Dock'",
  ),
  nobodyMade(
    'a reason code',
    'reason_code',
    'lot_record_type, require_comments',
    { reason_code: "'DRY'" },
    "reason_code = 'WET'",
  ),
  nobodyMade(
    'a lot',
    'lot',
    'material, unit, initial_status',
    { name: "'GHOST'", status: 'initial_status', total_quantity: '0' },
    "name = 'A'",
  ),
  [
    'a lot whose changes are gone',
    ['delete from change_log where entity_id = (select max(entity_id) from change_log where to_value = \'"EMPTY"\')'],
    ({ empty }) => [[empty.id, notMade]],
  ],
  [
    'a lot that is there again after its deletion',
    [
      addLike(
        'lot',
        'material, unit, initial_status',
        { name: "'AGAIN'", status: 'initial_status', total_quantity: '0' },
        "name = 'EMPTY'",
      ).replace(
        `'${ghost}'`,
        "(select max(replace(entity_id, '-', '')) from change_log where to_value = '\"DELETED\"')",
      ),
    ],
    ({ deleted }) => [[deleted.id, 'it is there, and a change tells of its deletion']],
  ],
  [
    'a row of stock that no entry made',
    [
      `insert into inventory (lot, location, ulid, quantity, last_effective_at, enabled)
        select lot.id, location.id, '${ghost}', 0, 0, 1 from lot, location
        where lot.name = 'A' and location.path = 'Plant/Shelf'`,
    ],
    () => [[shown, 'no entry made this row of stock']],
  ],
]

describe.each(engines)('verify of what only the change table tells on $engine', ({ place, forge }) => {
  const forged = async (statements: readonly string[]): Promise<Stage & { found: readonly Mismatch[] }> => {
    const filename = await place()
    const { store } = await open({ filename })
    const plant = await stage(store)
    expect((await done(store.verify())).mismatches).toEqual([])
    await forge(filename, statements)
    return { ...plant, found: (await done(store.verify())).mismatches }
  }

  it.each(cases)('finds %s', async (_, statements, expected) => {
    const { found, ...plant } = await forged(statements)
    expect(found).toEqual(expected(plant).map(([subject, problem]) => ({ subject, sequence: null, problem })))
  })

  it('finds a record that is kept as effective at another time than its dates make it', async () => {
    const moved = Date.UTC(2027, 10, 11, 8)
    const { found, record } = await forged([
      `update lot_record set effective_at = ${moved} where start_at = ${Date.parse(at(11))} and type = 'RECEIVE'`,
    ])
    expect(found).toEqual([
      {
        subject: record.id,
        sequence: record.sequence,
        problem: `it is kept as effective at ${moved}, and its dates make it ${Date.parse(at(11))}`,
      },
    ])
  })

  it('finds a head that makes everything known later than it was written', async () => {
    const { found } = await forged(['update ledger_head set known_at = 4070908800000'])
    expect(found).toEqual([
      {
        subject: 'chain',
        sequence: found[0]?.sequence,
        problem: `the ledger should be known from 4070908800000 on, and its last version is from ${Date.parse(at(23))} on`,
      },
    ])
  })
})
