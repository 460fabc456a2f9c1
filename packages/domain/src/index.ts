export { type ActionName, actionCatalog, type Listed } from './actions/catalog.ts'
export { changeStatusShape, newChangeStatusRequest } from './actions/change-status.ts'
export { deleteLotShape } from './actions/delete-lot.ts'
export { actionsByType, largestBatch } from './actions/execute-inventory-actions.ts'
export { type HoldRecalledLots, holdRecalledLotsShape } from './actions/hold-recalled-lots.ts'
export type { Allowed, LotActions } from './actions/lot-actions.ts'
export { reverseLotRecordShape } from './actions/reverse-lot-record.ts'
export { newInventoryLotRecord, saveInventoryLotRecordShape } from './actions/save-inventory-lot-record-request.ts'
export { newLot, saveLotShape } from './actions/save-lot-request.ts'
export { setInventoryMetadataShape } from './actions/set-inventory-metadata.ts'
export {
  type ArchivedVersion,
  type ArchiveLine,
  isArchiveHead,
  readArchiveLine,
  showArchiveLine,
  versionLineParts,
} from './archive/archive-line.ts'
export type { ArchivedChange, ArchiveHead } from './archive/codecs.ts'
export { type Condition, conditionOfDisposition } from './epcis/condition.ts'
export { makeDocumentText } from './epcis/document-text.ts'
export type { EpcisEvent } from './epcis/event.ts'
export { epcisEventsShape } from './epcis/export-request.ts'
export { foreignReadings } from './epcis/foreign-events.ts'
export { usualBase } from './epcis/identifiers.ts'
export { mostEvents } from './epcis/judge-document.ts'
export type { VocabularyElement } from './epcis/lot-facts.ts'
export { dispositionOf, epcisMappings, type Mapping } from './epcis/mapping.ts'
export { unitCode, unitCodes } from './epcis/units.ts'
export { unreadTypes } from './epcis/vocabulary.ts'
export type { Epcis, EpcisImported, EpcisPage, EpcisPlan } from './epcis.ts'
export {
  type EventFeed,
  eventsShape,
  type FeedListener,
  type FeedPage,
  type Place,
  publishInventoryStateShape,
  type RecordEvent,
} from './events/events.ts'
export { enumField, type Field, type FieldKind } from './fields.ts'
export { IdTaken, refuseAnother, type Versioned } from './identifiers/id-taken.ts'
export { makeUlidSource, type NewUlid, readUlid, showUlid, type Ulid } from './identifiers/ulid.ts'
export { type ImportedRow, type ImportInput, rowErrors } from './import/import-row.ts'
export { type ImportKind, importKinds, importShapes, isImportKind, readOnlyFields } from './import/kinds.ts'
export type { Importer, RowPlace } from './importer.ts'
export type {
  ActionAnswer,
  Actions,
  Call,
  Caller,
  Inventory,
  InventoryParts,
  LedgerEnd,
  LocalInventory,
  PageAfter,
  PageFunctions,
  Preview,
  Templates,
  Validators,
  ViolationMap,
  WholeFunctions,
  Writes,
} from './inventory.ts'
export {
  type BelowZero,
  balanceAt,
  type Consumption,
  type Count,
  changedEntities,
  type FieldChange,
  findLocation,
  findLot,
  findMaterial,
  findUnit,
  idsOfLots,
  isEmpty,
  type Known,
  type KnownLot,
  type KnownRecord,
  type LaterRecord,
  type Outcome,
  onHand,
  rowKey,
  type Shipped,
  type Stamp,
  type Timeline,
  type Wider,
} from './known.ts'
export { canonicalContent, chainHash, firstHash, readContent, type Sha256 } from './ledger/chain.ts'
export { makeVerifier, type Verifier } from './ledger/verify.ts'
export type { StoredRecord } from './ledger/verify-record.ts'
export type { StoredVersion } from './ledger/verify-version.ts'
export { mostTracedRecords } from './local-inventory/epcis-plan.ts'
export { makeEpcis } from './local-inventory/make-epcis.ts'
export { makeImporter } from './local-inventory/make-importer.ts'
export { makeInventory } from './local-inventory/make-inventory.ts'
export {
  type Annotations,
  type Authorship,
  effectiveStatus,
  type InventoryRow,
  isExpired,
  type Lot,
} from './lot/lot.ts'
export {
  type LotStatus,
  legalTransitions,
  lotStatuses,
  lotStatusTransitions,
  type Policy,
  policies,
  type TransitionFacts,
  type TransitionRule,
  whyNotTransition,
} from './lot/lot-status.ts'
export { applyLotEntry } from './lot-record/apply.ts'
export { largestCascade } from './lot-record/cascade.ts'
export {
  type Change,
  effectiveDate,
  type LotEntry,
  type LotRecord,
  type RecordVersion,
  type StockEntry,
  type TakeBack,
} from './lot-record/lot-record.ts'
export {
  type LotRecordType,
  type LotRecordTypeRule,
  lotRecordTypeRules,
  lotRecordTypes,
  type Need,
  statusesThatAllow,
} from './lot-record/lot-record-type.ts'
export { type RecordStatus, recordStatuses, recordStatusMoves } from './lot-record/record-status.ts'
export type { UnitConversion } from './master-data/master-data.ts'
export {
  type Location,
  type LotStorageStrategy,
  type LotUseStrategy,
  lastName,
  lotStorageStrategies,
  lotUseStrategies,
  type Material,
  parentPath,
  type ReasonCode,
  type Unit,
} from './master-data/master-data.ts'
export { saveLocationShape } from './master-data/save-location.ts'
export { saveMaterialShape } from './master-data/save-material.ts'
export { saveReasonCodeShape } from './master-data/save-reason-code.ts'
export { saveUnitShape } from './master-data/save-unit.ts'
export { saveUnitConversionShape } from './master-data/save-unit-conversion.ts'
export { type Grant, grants, type Permission, permissions, permits } from './permissions.ts'
export { greatestQuantity, oneUnit, type Quantity, readQuantity, showQuantity } from './quantity/quantity.ts'
export {
  capacityArguments,
  locationArgument,
  locationOrNothing,
  lotAndLocationArguments,
  lotArguments,
  materialArgument,
} from './queries/arguments.ts'
export { findLotsShape, largestSearchPage, mostFilters, mostSortFields, type QueryPage } from './queries/find-lots.ts'
export { findInventoryShape } from './queries/inventory-query.ts'
export { isTextField, type LotField, lotFields, type NumberLotField, type TextLotField } from './queries/lot-fields.ts'
export { lotHistoryShape, newLotHistoryRequest } from './queries/lot-history.ts'
export { listLotsShape, momentShape } from './queries/lot-query.ts'
export { type CursorKey, cursorOf, keyOfCursor, largestPage, pageSize, strangeCursor } from './queries/paging.ts'
export { pageShape, reasonCodesShape } from './queries/plain-lists.ts'
export { conditions, filterShape, largestValueList } from './queries/query-filter.ts'
export { findRecordsShape } from './queries/record-query.ts'
export { type Affected, type AffectedLot, type AffectedScope, findAffected } from './recall/affected.ts'
export { recallText } from './recall/formats/recall-text.ts'
export {
  type HeldLot,
  type NotHeldLot,
  type NotHeldReason,
  notHeldReasons,
  type RecallHold,
  whyLeft,
} from './recall/recall-hold.ts'
export type { Movement } from './recall/recall-questions.ts'
export { largestRecall, type RecallFormat, recallFormats, recallLotShape } from './recall/recall-request.ts'
export type {
  RecallLot,
  RecallQuantities,
  RecallShipment,
  RecallStock,
  RecallTotal,
  RecallView,
} from './recall/recall-view.ts'
export {
  ActionRefused,
  BatchItemRefused,
  Blocker,
  CapacityExceeded,
  DuplicateName,
  IdempotencyKeyReused,
  InsufficientStock,
  InUse,
  LotStorageRefused,
  NotFound,
  PermissionDenied,
  Reference,
  type Refusal,
  ReversalBlocked,
  type SingleRefusal,
  StatusTransitionRefused,
  StorageUnavailable,
  ValidationFailed,
  VersionConflict,
} from './refusals.ts'
export { defineRequest, type RequestOf, type RequestShape } from './request.ts'
export type { LotRef, Ref, Scope, ScopedLotRef } from './scope.ts'
export type {
  AnnotationQuery,
  Between,
  ChangeOptions,
  Checkpoint,
  ImportCounts,
  ImportKey,
  ImportReport,
  ImportRun,
  ImportStep,
  InventoryQuery,
  LotFilter,
  LotQuery,
  LotSearch,
  LotsFound,
  Mismatch,
  Moment,
  Page,
  Paging,
  Receipt,
  RecordQuery,
  RefusedRow,
  Store,
  Verification,
  VersionView,
} from './store.ts'
export { readName, readPath, readText } from './text/name.ts'
export { type Instant, readInstant, showInstant } from './time/instant.ts'
export type { BasicTraceEdge, BasicTraceNode, BasicTraceView } from './trace/basic-trace.ts'
export {
  type LotTraceGraph,
  type LotTraceRow,
  largestTraceTable,
  lotTraceGraphShape,
  lotTraceTableShape,
} from './trace/documented.ts'
export { shareText, shareWords } from './trace/formats/share-words.ts'
export { traceText } from './trace/formats/trace-text.ts'
export type {
  Edge,
  EdgeCursor,
  EdgePage,
  Key,
  LotColumns,
  LotPosting,
  Question,
  QuestionKind,
  Questions,
  RecordColumns,
  Side,
  TracedLot,
  TracedRecord,
  Walk,
} from './trace/questions.ts'
export { type Reach, type ReachOptions, reach } from './trace/reach.ts'
export { leftOf, operationOf, type StoredLink, type TraceLink, traceLinksOf } from './trace/trace-link.ts'
export {
  largestTrace,
  traceDetails,
  traceDirections,
  traceFormats,
  traceLotShape,
  traceTextFormats,
} from './trace/trace-request.ts'
export { reaches, type TraceEdge, type TraceNode, type TraceView } from './trace/trace-view.ts'
export { jsonBytesOf, jsonOf, keptJsonOf, pageBytesOf } from './views/json-of.ts'
export { type InventoryView, inventoryView, type LotView, lotView } from './views/lot-view.ts'
export {
  type LocationView,
  locationView,
  type MaterialView,
  materialView,
  type ReasonCodeView,
  reasonCodeView,
  type UnitConversionView,
  type UnitView,
  unitConversionView,
  unitView,
} from './views/master-data-view.ts'
export {
  type HistoryView,
  historyKeys,
  historyView,
  namesFromKnown,
  type RecordNames,
  type RecordView,
  recordView,
} from './views/record-view.ts'
export {
  type Delivery,
  deliveryOf,
  type RetryBounds,
  retryDelay,
  signedContent,
  timeToNextAttempt,
} from './webhooks/delivery.ts'
export {
  fromSequence,
  type Progress,
  saveWebhookShape,
  type Webhook,
  type WebhookView,
  webhookView,
} from './webhooks/webhook.ts'
export { findWebhook, type Lease, type WebhookChange, type WebhookStore } from './webhooks/webhook-store.ts'
export { makeWebhooks, mostWebhooks, type WebhookParts, type Webhooks } from './webhooks/webhooks.ts'
