import { at, makePlant, type Plant } from '@lotbook/domain/testing'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { type Opened, openTerminal } from '../../test/open-terminal.tsx'
import { allKeys } from './all-keys.ts'
import type { KeyRow } from './key-row.ts'
import { listKeys } from './list-keys.ts'

// Where the cursor is in a line is told by its style alone.
vi.hoisted(() => {
  process.env['FORCE_COLOR'] = '1'
})

const lotName = 'S-10'

let plant: Plant
beforeAll(async () => {
  plant = await makePlant()
  const names = Array.from({ length: 40 }, (_, index) => `S-${10 + index}`)
  const ids: string[] = []
  for (const name of names) ids.push(await plant.lot(name, { stock: 100 }))
  const [root = '', ...others] = ids
  // A long history, and a trace with many lots.
  for (const other of others)
    await plant.save('CONSUME', other, {
      quantity: 1,
      secondaryInventoryLotId: root,
      sourceLocationId: plant.location.dock,
      startDate: at(2),
      endDate: at(2),
    })
  // A lot that went into all of them, for a recall.
  const spread = await plant.lot('R-1', { stock: 100 })
  for (const id of ids)
    await plant.save('CONSUME', spread, {
      ...{ quantity: 1, secondaryInventoryLotId: id, sourceLocationId: plant.location.dock, startDate: at(2) },
    })
  for (let count = 0; count < 30; count += 1) await plant.consume(root, (count + 1) / 10, 3)
})

const command = async (terminal: Opened, line: string) => {
  await terminal.press(':')
  await terminal.type(line)
  await terminal.press('enter')
}

// How to come to each view, in the middle of what it shows, so that every key can do something.
const ways: Readonly<Record<string, (terminal: Opened) => Promise<void>>> = {
  Everywhere: async (terminal) => {
    await terminal.scan(lotName)
  },
  Lots: async (terminal) => {
    // With a filter, which Esc takes away.
    await terminal.press('z', 'pagedown', 'j')
  },
  Lot: async (terminal) => {
    await terminal.scan(lotName)
    await terminal.press('tab', 'tab', 'pagedown', 'j')
  },
  Records: async (terminal) => {
    await command(terminal, 'records')
    await terminal.press('pagedown', 'j')
  },
  Record: async (terminal) => {
    await command(terminal, 'records')
    await terminal.press('enter', 'j', 'j')
  },
  Stock: async (terminal) => {
    await command(terminal, 'stock')
    // The dock is open, and somebody is on a location that is not.
    await terminal.press('enter', 'j', 'j', 'enter', 'k')
  },
  Trace: async (terminal) => {
    await terminal.scan(lotName)
    await terminal.press('t', 'pagedown', 'j')
  },
  Recall: async (terminal) => {
    await command(terminal, 'recall R-1')
    await terminal.press('pagedown', 'j')
  },
  Actions: async (terminal) => {
    await command(terminal, 'actions')
    await terminal.press('j')
  },
  Form: async (terminal) => {
    await terminal.scan(lotName)
    await terminal.press('m', 'down')
    await terminal.type('Plant')
    await terminal.press('left')
  },
  Question: async (terminal) => {
    await terminal.scan(lotName)
    await terminal.press('x')
    await terminal.type('1')
    await terminal.press('ctrl-s')
  },
}

// Those of lists one after the other, so that each finds somewhere to go; every other key on a screen of its own.
const walk = ['j', 'k', 'pagedown', 'pageup', 'G', 'g', 'down', 'up', 'space', 'end', 'home']
const isList = (table: readonly KeyRow[]): boolean => table.some(({ does }) => does === 'pageDown')
const pressed = Object.entries(allKeys).flatMap(([view, table]) =>
  table
    .flatMap(({ keys }) => keys)
    .filter((key) => !isList(table) || !walk.includes(key))
    .map((key) => ({ view, key })),
)
const lists = Object.entries(allKeys).flatMap(([view, table]) => (isList(table) ? [view] : []))

const comeTo = async (view: string): Promise<Opened> => {
  const terminal = await openTerminal(plant)
  await ways[view]?.(terminal)
  return terminal
}

const pressAndLook = async (terminal: Opened, key: string): Promise<void> => {
  const before = await terminal.settle()
  await terminal.press(key)
  await expect.poll(() => terminal.hasEnded() || terminal.frame() !== before, { message: key }).toBe(true)
}

describe('a key that the help lists', () => {
  it('belongs to a view that these tests know the way to', () => {
    expect(Object.keys(ways).toSorted()).toEqual(Object.keys(allKeys).toSorted())
    expect(walk.toSorted()).toEqual(listKeys.flatMap(({ keys }) => [...keys]).toSorted())
  })

  it.each(pressed)('$key in $view does something that is seen, or says why it is off', async ({ view, key }) => {
    const terminal = await comeTo(view)
    await pressAndLook(terminal, key)
    terminal.close()
  })

  it.each(lists)('moves through the list of %s', async (view) => {
    const terminal = await comeTo(view)
    for (const key of walk) await pressAndLook(terminal, key)
    terminal.close()
  })
})
