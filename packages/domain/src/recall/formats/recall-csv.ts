import { type Cell, csvLine } from '../../text/csv.ts'
import type { RecallLot, RecallView } from '../recall-view.ts'

const columns = [
  ...['row', 'complete', 'depth', 'lotId', 'lotName', 'materialPath', 'status', 'effectiveStatus'],
  ...[
    'share',
    'shareExact',
    'shareUnitOfMeasureSymbol',
    'unitOfMeasureSymbol',
    'quantity',
    'onHand',
    'held',
    'shipped',
    'scrapped',
    'returned',
  ],
  ...['quantityIn', 'quantityOut', 'unexplained', 'entriesUnexplained', 'totalUnexplained', 'locationPath'],
  ...['recordId', 'date', 'to', 'secondaryInventoryLotName', 'productionOrderName', 'notes', 'said'],
] as const

type Cells = Partial<Readonly<Record<(typeof columns)[number], Cell>>>

const line = (cells: Cells): string => csvLine(columns.map((name) => cells[name] ?? null))

function* linesOf(lot: RecallLot): Generator<string> {
  const { stock, shipments, materialId: _id, materialName: _name, ...told } = lot
  const which = {
    ...{ depth: lot.depth, lotId: lot.lotId, lotName: lot.lotName, materialPath: lot.materialPath },
    ...{ status: lot.status, effectiveStatus: lot.effectiveStatus, unitOfMeasureSymbol: lot.unitOfMeasureSymbol },
  }
  yield line({ row: 'LOT', ...told })
  for (const { locationPath, quantity } of stock) yield line({ row: 'STOCK', ...which, locationPath, quantity })
  for (const { destinationLocationPath, recordId, date, to, quantity, ...said } of shipments) {
    const { secondaryInventoryLotName, productionOrderName, notes } = said
    const words = { secondaryInventoryLotName, productionOrderName, notes }
    yield line({
      ...{ row: 'SHIPMENT', ...which, quantity, recordId, date, to, ...words },
      locationPath: destinationLocationPath,
    })
  }
}

/**
 * A recall as CSV, line by line. `row` says what a line is: RECALL (the first: whether it is complete), WARNING, TOTAL, and
 * for each lot a LOT with a STOCK for each place where it lies and a SHIPMENT for each SHIP record.
 */
export function* recallCsv(recall: RecallView): Generator<string> {
  const { lotId, lotName, materialPath, complete, takenDate } = recall
  yield csvLine(columns)
  yield line({ row: 'RECALL', complete, lotId, lotName, materialPath, date: takenDate })
  for (const said of recall.warnings) yield line({ row: 'WARNING', complete, said })
  for (const { lots: _lots, ...total } of recall.totals) yield line({ row: 'TOTAL', ...total })
  for (const lot of recall.lots) yield* linesOf(lot)
}
