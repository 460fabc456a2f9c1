import type { InventoryView, LocationView } from '@lotbook/domain'
import { describe, expect, it } from 'vitest'
import { everyPath, type TreeRow, treeRows } from './tree.ts'

const locations = ['Plant/Cold store', 'Plant', 'Plant/Dock/Ramp 1', 'Plant 2'].map((path) => ({
  path,
})) as LocationView[]
const show = (row: TreeRow): string =>
  '  '.repeat(row.depth) +
  (row.kind === 'location'
    ? row.path
    : row.kind === 'stock'
      ? row.row.lotName
      : row.kind === 'more'
        ? 'more'
        : row.text)

describe('the tree of locations', () => {
  it('has every location below the one it is in, also where nobody saved that one', () => {
    expect(everyPath(locations)).toEqual(['Plant', 'Plant/Cold store', 'Plant/Dock', 'Plant/Dock/Ramp 1', 'Plant 2'])
  })

  it('shows what is below open locations only, stock first', () => {
    const stock = new Map([['Plant', { items: [{ lotName: 'S-1' } as InventoryView], isMore: false }]])
    const rows = (...open: readonly string[]) => treeRows(everyPath(locations), new Set(open), stock).map(show)
    expect(rows()).toEqual(['Plant', 'Plant 2'])
    expect(rows('Plant', 'Plant/Dock')).toEqual([
      'Plant',
      '  S-1',
      '  Plant/Cold store',
      '  Plant/Dock',
      '    reading …',
      '    Plant/Dock/Ramp 1',
      'Plant 2',
    ])
    expect(rows('Plant/Dock')).toEqual(['Plant', 'Plant 2'])
  })
})
