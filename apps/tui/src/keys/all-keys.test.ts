import { describe, expect, it } from 'vitest'
import { helpLines } from '../app/help.tsx'
import { commandTable, completions, readCommand } from '../commands/command-table.ts'
import { allKeys } from './all-keys.ts'
import { globalKeys, globalKeysBeside } from './global-keys.ts'
import { showKey } from './key-row.ts'

describe('the tables of keys', () => {
  it.each(Object.entries(allKeys))('of %s has each key once, and a sentence for each', (_, rows) => {
    const keys = rows.flatMap((row) => row.keys)
    expect(keys).toEqual([...new Set(keys)])
    for (const { help, label } of rows) {
      expect(help).toMatch(/^[A-Z:].*\.$/u)
      expect(label).not.toBe('')
    }
  })

  it.each(Object.entries(allKeys))('of %s is in the help as a whole, with the keys of all views', (_, rows) => {
    const text = helpLines([...rows, ...globalKeysBeside(rows, 'keys')], {}, 80)
      .map((pieces) => pieces.map((piece) => piece.text).join(''))
      .join('\n')
    for (const key of [...rows, ...globalKeys].flatMap((row) => row.keys)) expect(text).toContain(showKey(key))
  })

  it('says in the help why a key is off', () => {
    const [first] = helpLines(
      [{ keys: ['c'], does: 'consume', label: 'consume', help: 'Uses up.' }],
      {
        consume: { disabledReason: 'the lot is on hold' },
      },
      80,
    )
    expect(first?.map(({ text }) => text).join('')).toContain('Uses up. Off now: the lot is on hold.')
  })
})

describe('commands', () => {
  it('have names and aliases of their own', () => {
    const names = commandTable.flatMap(({ name, aliases }) => [name, ...aliases])
    expect(names).toEqual([...new Set(names)])
  })

  it('are completed by their names and read with their words', () => {
    expect(completions('re')).toEqual(['records', 'recall', 'receive'])
    expect(readCommand('recall SALT 1')).toEqual({ scan: 'SALT 1', view: 'recall' })
    expect(completions('lots ')).toEqual([])
    expect(readCommand('l salt location="Dairy/Dry store" onHand=true')).toEqual({
      view: 'lots',
      params: { query: { nameContains: 'salt', location: 'Dairy/Dry store', onHand: 'true' } },
    })
    expect(readCommand('open SALT 1')).toEqual({ scan: 'SALT 1' })
    expect(readCommand('nonsense')).toEqual({ refused: 'there is no command “nonsense”: ? lists all' })
  })
})
