import type { Operation } from './operation.ts'
import { actionRoutes } from './routes/actions.ts'
import { changeStatusRoutes } from './routes/change-status.ts'
import { checkpointRoutes } from './routes/checkpoint.ts'
import { deleteLotRoutes } from './routes/delete-lot.ts'
import { docsRoutes } from './routes/docs.ts'
import { epcisRoutes } from './routes/epcis.ts'
import { eventsRoutes } from './routes/events.ts'
import { executeInventoryActionsRoutes } from './routes/execute-inventory-actions.ts'
import { findInventoryRoutes } from './routes/find-inventory.ts'
import { findInventoryLotRecordsRoutes } from './routes/find-inventory-lot-records.ts'
import { findLotsRoutes } from './routes/find-lots.ts'
import { healthRoutes } from './routes/health.ts'
import { importExportRoutes } from './routes/import-export.ts'
import { listLotsRoutes } from './routes/list-lots.ts'
import { lotActionsRoutes } from './routes/lot-actions.ts'
import { lotHistoryRoutes } from './routes/lot-history.ts'
import { metricsRoutes } from './routes/metrics.ts'
import { recallRoutes } from './routes/recall.ts'
import { reverseLotRecordRoutes } from './routes/reverse-lot-record.ts'
import { saveInventoryLotRecordRoutes } from './routes/save-inventory-lot-record.ts'
import { saveLocationRoutes } from './routes/save-location.ts'
import { saveLotRoutes } from './routes/save-lot.ts'
import { saveMaterialRoutes } from './routes/save-material.ts'
import { saveReasonCodeRoutes } from './routes/save-reason-code.ts'
import { saveUnitRoutes } from './routes/save-unit.ts'
import { saveUnitConversionRoutes } from './routes/save-unit-conversion.ts'
import { setInventoryMetadataRoutes } from './routes/set-inventory-metadata.ts'
import { stockRowsRoutes } from './routes/stock-rows.ts'
import { traceRoutes } from './routes/trace.ts'
import { tracePageRoutes } from './routes/trace-page.ts'
import { webhooksRoutes } from './routes/webhooks.ts'
import { wholeListsRoutes } from './routes/whole-lists.ts'

/** Every operation of the API. Fixed paths stand before those with parameters: the first that fits answers. */
export const operations: readonly Operation[] = [
  ...saveInventoryLotRecordRoutes,
  ...findInventoryLotRecordsRoutes,
  ...reverseLotRecordRoutes,
  ...actionRoutes,
  ...changeStatusRoutes,
  ...executeInventoryActionsRoutes,
  ...saveLotRoutes,
  ...findLotsRoutes,
  ...listLotsRoutes,
  ...lotHistoryRoutes,
  ...lotActionsRoutes,
  ...deleteLotRoutes,
  ...traceRoutes,
  ...recallRoutes,
  ...findInventoryRoutes,
  ...eventsRoutes,
  ...checkpointRoutes,
  ...webhooksRoutes,
  ...wholeListsRoutes,
  ...stockRowsRoutes,
  ...setInventoryMetadataRoutes,
  ...saveUnitRoutes,
  ...saveUnitConversionRoutes,
  ...saveMaterialRoutes,
  ...saveLocationRoutes,
  ...saveReasonCodeRoutes,
  ...importExportRoutes,
  ...epcisRoutes,
  ...docsRoutes,
  ...tracePageRoutes,
  ...healthRoutes,
  ...metricsRoutes,
]
