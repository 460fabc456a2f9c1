import { shareText } from '../../trace/formats/share-words.ts'
import type { RecallLot, RecallView } from '../recall-view.ts'

const signs: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escaped = (text: string): string => text.replaceAll(/[&<>"']/gu, (sign) => signs[sign] ?? '')

type Cell = string | number | null
// Only long text is broken inside a word, so that a column is never narrower than what stands in it otherwise.
const longWord = 30
/** Numbers stand to the right; what is not there is a dash. */
const cell = (value: Cell): string => {
  if (value === null) return '<td>–</td>'
  if (typeof value === 'number') return `<td class="n">${value}</td>`
  return value.length > longWord ? `<td class="t">${escaped(value)}</td>` : `<td>${escaped(value)}</td>`
}
const row = (cells: readonly Cell[]): string => `<tr>${cells.map(cell).join('')}</tr>\n`
const opening = (title: string, head: readonly string[]): string =>
  `<h2>${escaped(title)}</h2>\n<table><thead><tr>${head.map((name) => `<th>${escaped(name)}</th>`).join('')}</tr></thead>\n<tbody>\n`
const closing = '</tbody></table>\n'

const style = `@page { size: A4; margin: 14mm }
body { font: 10pt/1.35 system-ui, sans-serif; color: #000; background: #fff; margin: 1.5em; max-width: 62em }
h1 { font-size: 15pt; margin: 0 0 .2em } h2 { font-size: 11pt; margin: 1.2em 0 .3em }
table { border-collapse: collapse; width: 100% } th, td { border: 1px solid #999; padding: .15em .4em; text-align: left; vertical-align: top }
th { background: #eee } .t { overflow-wrap: anywhere } .n { text-align: right; white-space: nowrap } thead { display: table-header-group } tr { break-inside: avoid }
.bad { border: 2px solid #b00; padding: .4em .6em; margin: .6em 0 } ul { margin: 0; padding-left: 1.2em } .ok { border: 1px solid #060; padding: .4em .6em; margin: .6em 0 }
@media print { body { margin: 0; max-width: none } }`

const minute = (date: string): string => `${date.slice(0, 16).replace('T', ' ')} UTC`

const name = ({ lotName, materialPath }: RecallLot): string => `${lotName} (${materialPath})`

function* totalsTable({ totals }: RecallView): Generator<string> {
  yield opening('In all', ['Lots', 'Unit', 'On hand', 'Held', 'Shipped', 'Scrapped', 'Returned', 'Unexplained'])
  for (const { lots, unitOfMeasureSymbol, onHand, held, shipped, scrapped, returned, unexplained } of totals)
    yield row([lots, unitOfMeasureSymbol, onHand, held, shipped, scrapped, returned, unexplained])
  yield closing
}

function* stockTable(lots: readonly RecallLot[]): Generator<string> {
  yield opening('Where it lies', ['Location', 'Lot', 'Status', 'Quantity', 'Unit'])
  const places = lots.flatMap((lot) => lot.stock.map((stock) => ({ lot, ...stock })))
  // Whoever fetches it goes from place to place.
  places.sort((left, right) =>
    left.locationPath < right.locationPath ? -1 : left.locationPath > right.locationPath ? 1 : 0,
  )
  for (const { lot, locationPath, quantity } of places)
    yield row([locationPath, name(lot), lot.effectiveStatus, quantity, lot.unitOfMeasureSymbol])
  yield places.length === 0 ? `<tr><td colspan="5">nothing is on hand</td></tr>\n${closing}` : closing
}

function* shipmentsTable(lots: readonly RecallLot[]): Generator<string> {
  yield opening('What was shipped, and to whom', ['Date', 'To', 'Lot', 'Quantity', 'Unit', 'Notes', 'Record'])
  let count = 0
  for (const lot of lots)
    for (const { date, to, quantity, notes, recordId } of lot.shipments) {
      count += 1
      const said = to ?? 'not recorded'
      yield row([
        minute(date),
        said,
        name(lot),
        quantity,
        lot.unitOfMeasureSymbol,
        notes === to ? null : notes,
        recordId,
      ])
    }
  yield count === 0 ? `<tr><td colspan="7">nothing was shipped</td></tr>\n${closing}` : closing
}

function* lotsTable(lots: readonly RecallLot[]): Generator<string> {
  const quantities = ['In', 'Out', 'On hand', 'Shipped', 'Unexplained', 'Unit']
  yield opening('Affected lots', ['Steps', 'Lot', 'Share', 'Status', ...quantities])
  for (const lot of lots) {
    const {
      depth,
      effectiveStatus,
      quantityIn,
      quantityOut,
      onHand,
      shipped,
      unexplained,
      unitOfMeasureSymbol: unit,
    } = lot
    yield row([
      depth,
      name(lot),
      shareText(lot) || null,
      effectiveStatus,
      quantityIn,
      quantityOut,
      onHand,
      shipped,
      unexplained,
      unit,
    ])
  }
  yield closing
}

/**
 * A recall as a report that prints on A4, piece by piece: HTML without anything from elsewhere, without scripts, light,
 * and with everything that people typed escaped.
 */
export function* recallHtml(recall: RecallView): Generator<string> {
  const { lotName, materialPath, lotId, takenDate, asOf, warnings, lots, complete, balanced } = recall
  const title = escaped(`Recall of lot ${lotName}`)
  yield `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light">
<title>${title}</title>
<style>
${style}
</style>
</head>
<body>
<h1>${title}</h1>
<p>${escaped(materialPath)} · ${escaped(lotId)} · taken ${minute(takenDate)}${asOf === null ? '' : ` · as of ${minute(asOf)}`} · ${lots.length} ${lots.length === 1 ? 'lot' : 'lots'} affected</p>
`
  if (complete)
    yield `<p class="ok">Complete: every affected lot is listed${balanced ? ', and all of it adds up' : ''}.</p>\n`
  if (warnings.length > 0)
    yield `<div class="bad"><ul>\n${warnings.map((text) => `<li>${escaped(text)}</li>`).join('\n')}\n</ul></div>\n`
  yield* totalsTable(recall)
  yield* stockTable(lots)
  yield* shipmentsTable(lots)
  yield* lotsTable(lots)
  yield '</body>\n</html>\n'
}
