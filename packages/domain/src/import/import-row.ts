import { Result } from 'effect'
import type { Action } from '../actions/action.ts'
import { type Refusal, ValidationFailed } from '../refusals.ts'
import { Violations } from '../request.ts'
import { type ImportKind, importKinds, isImportKind, readOnlyFields } from './kinds.ts'
import { rowActions } from './rows.ts'

/** A row as a file has it: its fields, or why it could not be read at all. */
export type ImportInput = { readonly fields: unknown } | { readonly problem: string }

/** What became of a row that was not refused. */
export interface ImportedRow {
  /** `alreadyThere`: something of this name has just these fields, and nothing was written. */
  readonly outcome: 'saved' | 'alreadyThere'
}

interface Row {
  readonly kind: ImportKind | undefined
  readonly request: unknown
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const broken = (field: string, message: string) => {
  const violations = new Violations()
  violations.add(field, message)
  return { request: { kind: undefined, request: {} }, violations }
}

const fieldsOf = ({ kind: _kind, ...fields }: Readonly<Record<string, unknown>>, kind: ImportKind) => {
  const own = { ...fields }
  for (const field of readOnlyFields[kind]) delete own[field]
  return own
}

/** The action of any row: its `kind` says which. */
export const importRow: Action<Row> = {
  permission: null,
  decode: (input) => {
    const row = input as ImportInput
    if ('problem' in row) return broken('(root)', row.problem)
    const { fields } = row
    if (!isObject(fields)) return broken('(root)', 'must be a JSON object')
    const { kind } = fields
    if (!isImportKind(kind)) return broken('kind', `must be one of ${importKinds.join(', ')}`)
    const { request, violations } = rowActions[kind].decode(fieldsOf(fields, kind))
    return { request: { kind, request }, violations }
  },
  scope: ({ kind, request }, now) => (kind === undefined ? {} : rowActions[kind].scope(request, now)),
  violations: (known, { request: { kind, request }, violations }, circumstances) =>
    kind === undefined ? violations : rowActions[kind].violations(known, { request, violations }, circumstances),
  decide: (known, { request: { kind, request }, violations }, circumstances) =>
    kind === undefined
      ? Result.fail(new ValidationFailed({ violations: violations.toMap() }))
      : rowActions[kind].decide(known, { request, violations }, circumstances),
}

/** What a refused row is told, by field. What is not about one field stands under `(root)`. */
export const rowErrors = (refusal: Refusal): Readonly<Record<string, readonly string[]>> =>
  refusal._tag === 'ValidationFailed' ? refusal.violations : { '(root)': [refusal.message] }
