import type { InventoryView, LocationView, Page, Refusal } from '@lotbook/domain'
import { Effect } from 'effect'
import { type ReactNode, useState } from 'react'
import { useApp } from '../../app/app-context.ts'
import { bodyRows } from '../../app/body-rows.ts'
import { Screen } from '../../app/screen.tsx'
import { useAnswer } from '../../app/use-answer.ts'
import type { ViewParams } from '../../app/view-ref.ts'
import { fillTo } from '../../drawing/fit.ts'
import { Line, type Piece } from '../../drawing/text.tsx'
import { toneOfStatus } from '../../drawing/tone.ts'
import { amount } from '../../drawing/words.ts'
import { useList } from '../../lists/use-list.ts'
import { stockKeys } from './keys.ts'
import { everyPath, type Lying, type TreeRow, treeRows } from './tree.ts'

// A plant has hundreds of locations; what is beyond this is reached by its name (`:stock PATH`).
const mostLocations = 2000
const mostRows = 200

const noPlaces: readonly LocationView[] = []
const noStock: ReadonlyMap<string, Lying | undefined> = new Map()

const rowPieces = (item: TreeRow): readonly Piece[] => {
  const indent = '  '.repeat(item.depth)
  if (item.kind === 'more') return [{ text: `${indent}  there is more: Enter shows it`, tone: 'warning' }]
  if (item.kind === 'words') return [{ text: `${indent}${item.text}`, tone: 'quiet' }]
  if (item.kind === 'location')
    return [
      { text: `${indent}${item.isOpen ? '▾' : '▸'} ` },
      { text: item.path.slice(item.path.lastIndexOf('/') + 1), tone: 'strong' },
    ]
  const { lotName, quantity, unitOfMeasureSymbol, effectiveStatus, materialPath } = item.row
  return [
    { text: `${indent}  ${fillTo(lotName, 20)} ${fillTo(amount(quantity, unitOfMeasureSymbol), 12, true)}  ` },
    { text: fillTo(effectiveStatus, 10), tone: toneOfStatus(effectiveStatus) },
    { text: materialPath, tone: 'quiet' },
  ]
}

/** Where everything is: the tree of locations, and what lies at those that are open. */
export const Stock = ({ params: { location } }: { readonly params: ViewParams['stock'] }): ReactNode => {
  const { inventory, caller, columns, rows, open } = useApp()
  const [opened, setOpened] = useState<ReadonlySet<string>>(
    () => new Set(location?.split('/').map((_, index, parts) => parts.slice(0, index + 1).join('/'))),
  )
  const places = useAnswer('locations', () =>
    Effect.gen(function* () {
      const all: LocationView[] = []
      let cursor: string | null = null
      do {
        const query: Readonly<Record<string, unknown>> = { limit: mostRows, ...(cursor !== null && { cursor }) }
        const page: Page<LocationView> = yield* inventory.findLocations(query, caller)
        all.push(...page.items)
        cursor = page.next
      } while (cursor !== null && all.length < mostLocations)
      return all
    }),
  )
  // How many pages of a location are shown, where it is more than one.
  const [pages, setPages] = useState<Readonly<Record<string, number>>>({})
  const lyingAt = (path: string): Effect.Effect<Lying | undefined, Refusal> =>
    Effect.gen(function* () {
      const items: InventoryView[] = []
      let cursor: string | null = null
      for (let left = pages[path] ?? 1; left > 0; left -= 1) {
        const query: Readonly<Record<string, unknown>> = {
          location: path,
          limit: mostRows,
          ...(cursor !== null && { cursor }),
        }
        const page: Page<InventoryView> = yield* inventory.findInventory(query, caller)
        items.push(...page.items)
        cursor = page.next
        if (cursor === null) break
      }
      return { items, isMore: cursor !== null }
    }).pipe(Effect.catchTag('NotFound', () => Effect.succeed(undefined)))
  const stock = useAnswer(JSON.stringify([[...opened], pages]), () =>
    Effect.map(
      Effect.forEach(
        opened,
        (path) => Effect.map(lyingAt(path), (lying): [string, Lying | undefined] => [path, lying]),
        { concurrency: 8 },
      ),
      (found): ReadonlyMap<string, Lying | undefined> => new Map(found),
    ),
  )
  const answers = stock.answer ?? noStock
  const asked = location !== null && answers.get(location) !== undefined ? [{ path: location }] : []
  const paths = everyPath([...(places.answer ?? noPlaces), ...asked])
  // A location that nobody saved has nothing of its own; those below it have.
  const known = new Map(Array.from(answers, ([path, lying]) => [path, lying ?? { items: [], isMore: false }]))
  const isMissing =
    location !== null && places.answer !== undefined && answers.has(location) && !paths.includes(location)
  const tree = treeRows(paths, opened, known, stock.refusal?.message)
  const height = bodyRows(rows) - (isMissing ? 1 : 0)
  const { cursor, top, handlers, goTo } = useList(tree.length, height)
  const chosen = tree[cursor]
  const change = (path: string, isOpen: boolean) =>
    setOpened((now) => new Set(isOpen ? [...now, path] : [...now].filter((one) => one !== path)))
  const close = (): void => {
    if (chosen?.kind === 'location' && chosen.isOpen) {
      change(chosen.path, false)
      return
    }
    // From what lies in a location, or below it, to the location itself.
    const above = tree.findLastIndex(
      (item, index) => index < cursor && item.kind === 'location' && item.depth < (chosen?.depth ?? 0),
    )
    if (above !== -1) goTo(above)
  }
  const openRow = (): void => {
    if (chosen?.kind === 'location') change(chosen.path, !chosen.isOpen)
    else if (chosen?.kind === 'more') setPages({ ...pages, [chosen.path]: (pages[chosen.path] ?? 1) + 1 })
    else if (chosen?.kind === 'stock') open({ view: 'lot', params: { id: chosen.row.lotId } })
  }
  return (
    <Screen
      title={[
        { text: 'Stock ', tone: 'title' },
        { text: chosen?.kind === 'location' ? chosen.path : '', tone: 'quiet' },
      ]}
      keys={stockKeys}
      handlers={{ ...handlers, open: openRow, close }}
    >
      {isMissing && <Line columns={columns} pieces={[{ text: `no location is called “${location}”`, tone: 'bad' }]} />}
      {tree.length === 0 && (
        <Line
          columns={columns}
          pieces={[
            {
              text: places.refusal?.message ?? (places.answer === undefined ? 'reading …' : 'no locations'),
              tone: 'quiet',
            },
          ]}
        />
      )}
      {tree
        .slice(top, top + height)
        .map((item, index) => ({ item, place: top + index }))
        .map(({ item, place }) => (
          <Line
            key={place}
            columns={columns}
            pieces={[{ text: place === cursor ? '> ' : '  ' }, ...rowPieces(item)]}
            tone={place === cursor ? 'chosen' : undefined}
          />
        ))}
    </Screen>
  )
}
