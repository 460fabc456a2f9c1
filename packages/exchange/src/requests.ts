import { defineRequest, enumField, importKinds } from '@lotbook/domain'
import { exportKinds } from './export-rows.ts'
import { type Format, formats } from './source-row.ts'

/** What is asked of an import: `kind` is that of every row of a CSV file; a line of NDJSON says its kind itself. */
export const importShape = defineRequest('ImportQuery', {
  kind: enumField(importKinds),
  mode: enumField(['import', 'restore']),
})

/** What is asked of an export; without a kind it is the whole ledger. */
export const exportShape = defineRequest('ExportQuery', {
  kind: enumField(exportKinds),
  format: enumField(formats),
})

/** Reads what is asked of an import of rows in a format. */
export const readImport = (input: unknown, format: Format) => {
  const { request, violations } = importShape.decode(input)
  const { kind, mode } = request
  const isRestore = mode === 'restore'
  if (isRestore && kind !== null) violations.add('kind', 'is for rows: a restore takes what a full export wrote')
  if (isRestore && format === 'csv') violations.add('mode', 'must be import with CSV: a full export is NDJSON')
  if (!isRestore && format === 'csv' && kind === null && !violations.has('kind'))
    violations.add('kind', `is required with CSV: one of ${importKinds.join(', ')}`)
  if (!isRestore && format === 'ndjson' && kind !== null)
    violations.add('kind', 'is for CSV: a line of NDJSON says its kind itself')
  return { isRestore, kind, violations }
}

/** Reads what is asked of an export. */
export const readExport = (input: unknown) => {
  const { request, violations } = exportShape.decode(input)
  const { kind, format } = request
  if (format === 'csv' && kind === null && !violations.has('kind'))
    violations.add('kind', 'is required with CSV: one kind a file')
  return { kind, format: format ?? 'ndjson', violations }
}
