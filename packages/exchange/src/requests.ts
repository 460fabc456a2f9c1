import { defineRequest, enumField, type ImportKind, importKinds, ValidationFailed } from '@lotbook/domain'
import { type ExportKind, exportKindOf, exportWords } from './export-rows.ts'
import { type Format, formats } from './source-row.ts'

/** What is asked of an import: `kind` is that of every row of a CSV file; a line of NDJSON says its kind itself. */
export const importShape = defineRequest('ImportQuery', {
  kind: enumField(importKinds),
  mode: enumField(['import', 'restore']),
})

/** What is asked of an export; without a kind it is the whole ledger. */
export const exportShape = defineRequest('ExportQuery', {
  kind: enumField(exportWords),
  format: enumField(formats),
})

/** What is to be imported; the kind is null where the rows say it themselves. */
export interface ImportQuery {
  readonly isRestore: boolean
  readonly kind: ImportKind | null
}

/** What is to be exported; without a kind all of it. */
export interface ExportQuery {
  readonly kind: ExportKind | null
  readonly format: Format
}

/** Reads what is asked of an import of a file in a format, or says why not. */
export const readImport = (input: unknown, format: Format): ImportQuery | ValidationFailed => {
  const { request, violations } = importShape.decode(input)
  const { kind, mode } = request
  const isRestore = mode === 'restore'
  if (isRestore && kind !== null) violations.add('kind', 'is for rows: a restore takes what a full export wrote')
  if (isRestore && format === 'csv') violations.add('mode', 'must be import with CSV: a full export is NDJSON')
  if (!isRestore && format === 'csv' && kind === null && !violations.has('kind'))
    violations.add('kind', `is required with CSV: one of ${importKinds.join(', ')}`)
  if (!isRestore && format === 'ndjson' && kind !== null)
    violations.add('kind', 'is for CSV: a line of NDJSON says its kind itself')
  return violations.isEmpty ? { isRestore, kind } : new ValidationFailed({ violations: violations.toMap() })
}

/** Reads what is asked of an export, or says why not. */
export const readExport = (input: unknown): ExportQuery | ValidationFailed => {
  const { request, violations } = exportShape.decode(input)
  const { kind, format } = request
  if (format === 'csv' && kind === null && !violations.has('kind'))
    violations.add('kind', 'is required with CSV: one kind a file')
  return violations.isEmpty
    ? { kind: kind === null ? null : (exportKindOf(kind) ?? null), format: format ?? 'ndjson' }
    : new ValidationFailed({ violations: violations.toMap() })
}
