import { readUlid, type Scope, type Ulid } from '@lotbook/domain'
import { describe, expect, it } from 'vitest'
import { ada, done, makePlant, newFile, openParts } from '../../test/plant.ts'
import { makeResolve } from '../find/resolve.ts'
import { makeLedgerHead } from '../ledger-head.ts'
import { runNow } from '../program.ts'
import { sqliteDialect } from '../sqlite/dialect.ts'
import { makeAnswerWalk } from '../trace/answer-walk.ts'
import { makeLoadScope } from './load-scope.ts'

const ulid = (id: string | null): Ulid => readUlid(id ?? '') as Ulid

const stage = async () => {
  const { connection, store } = openParts(newFile())
  const plant = await makePlant(store)
  const loadScope = makeLoadScope(sqliteDialect, makeAnswerWalk(sqliteDialect, makeResolve(sqliteDialect.db)))
  const { readHead } = makeLedgerHead(sqliteDialect)
  /** The statements that loading a scope takes. */
  const statements = (scope: Scope): number => {
    let count = 0
    runNow(loadScope(scope, runNow(readHead(), connection.answer)), (call) => {
      count += 1
      return connection.answer(call)
    })
    return count
  }
  return { ...plant, statements }
}

describe('loading', () => {
  it('a lot and a place where it lies that takes everything is two statements', async () => {
    const { statements, lot, receive, dock } = await stage()
    const a = await lot('A')
    await receive(a, 5)
    await receive(await lot('B'), 5)
    const lots = [{ id: ulid(a.id) }]
    // The unit, the material and the place are read once, whatever asks for them.
    expect(statements({ lots, arrivesAt: [{ id: ulid(dock) }] })).toBe(5)
    expect(statements({ lots, arrivesAt: [{ id: ulid(dock) }] })).toBe(2)
    expect(statements({ lots, locations: [{ id: ulid(dock) }] })).toBe(2)
  })

  it('reads master data again once any of them were changed', async () => {
    const { statements, lot, receive, dock, sugar, inventory } = await stage()
    const a = await lot('A')
    await receive(a, 5)
    const scope = { lots: [{ id: ulid(a.id) }] }
    expect([statements(scope), statements(scope)]).toEqual([5, 2])
    for (const change of [
      inventory.saveLocation({ id: dock, notes: 'by the gate' }, ada),
      inventory.saveMaterial({ id: sugar, notes: 'fine' }, ada),
      inventory.saveUnit({ symbol: 'l', name: 'litre' }, ada),
    ]) {
      await done<unknown, unknown>(change)
      expect([statements(scope), statements(scope)]).toEqual([5, 2])
    }
    await receive(a, 5)
    expect(statements(scope)).toBe(2)
  })

  it('what lies at a place is as many statements for many lots as for one', async () => {
    const { statements, lot, receive, inventory, dock } = await stage()
    const strategy = (lotStorageStrategy: string) => done(inventory.saveLocation({ id: dock, lotStorageStrategy }, ada))
    await receive(await lot('A'), 5)
    const scopes: readonly Scope[] = [
      { stockAt: [{ id: ulid(dock) }] },
      { stockAt: [{ name: 'Plant/Dock' }], locations: [{ name: 'Plant/Dock' }] },
      { arrivesAt: [{ id: ulid(dock) }] },
    ]
    await strategy('MERGE_INTO_PREVIOUS')
    const one = scopes.map(statements)
    await strategy('ALLOW_MULTIPLE')
    for (const name of ['B', 'C', 'D', 'E', 'F']) await receive(await lot(name), 5)
    await strategy('MERGE_INTO_PREVIOUS')
    expect(scopes.map(statements)).toEqual(one)
  })
})
