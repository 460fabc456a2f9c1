import type { InventoryView, LocationView } from '@lotbook/domain'

/** A row of the tree: a location, or below an open one what lies there. */
export type TreeRow =
  | { readonly kind: 'location'; readonly path: string; readonly depth: number; readonly isOpen: boolean }
  | { readonly kind: 'stock'; readonly row: InventoryView; readonly depth: number }
  | { readonly kind: 'more'; readonly path: string; readonly depth: number }
  | { readonly kind: 'words'; readonly text: string; readonly depth: number }

/** What lies at a location, as far as it was read. */
export interface Lying {
  readonly items: readonly InventoryView[]
  readonly isMore: boolean
}

const depthOf = (path: string): number => path.split('/').length - 1
const parentOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')))

/** Every location with the ones above it, also those that nobody saved, in the order of a tree. */
export const everyPath = (locations: readonly Pick<LocationView, 'path'>[]): readonly string[] => {
  const paths = new Set<string>()
  for (const { path } of locations) for (let at = path; at !== ''; at = parentOf(at)) paths.add(at)
  const key = (path: string): string => path.replaceAll('/', '\u0000')
  return [...paths].toSorted((one, other) => (key(one) < key(other) ? -1 : 1))
}

/** The rows of the tree: locations whose parents are all open, and the stock at the open ones, as far as it was read. */
export const treeRows = (
  paths: readonly string[],
  open: ReadonlySet<string>,
  stock: ReadonlyMap<string, Lying>,
  /** What stands where nothing was read yet. */
  waiting = 'reading …',
): readonly TreeRow[] =>
  paths.flatMap((path): readonly TreeRow[] => {
    const above = parentOf(path)
    for (let at = above; at !== ''; at = parentOf(at)) if (!open.has(at)) return []
    const depth = depthOf(path)
    const location: TreeRow = { kind: 'location', path, depth, isOpen: open.has(path) }
    if (!open.has(path)) return [location]
    const lying = stock.get(path)
    if (lying === undefined) return [location, { kind: 'words', text: waiting, depth: depth + 1 }]
    const rows = lying.items.map((row): TreeRow => ({ kind: 'stock', row, depth: depth + 1 }))
    return [location, ...rows, ...(lying.isMore ? [{ kind: 'more', path, depth: depth + 1 } as const] : [])]
  })
