import type { ViolationMap } from '@lotbook/domain'
import { type EditedLine, lineOf } from '../app/edit-line.ts'
import type { FormField } from './form-fields.ts'

/** A form as it is being filled in. */
export interface FormState {
  readonly lines: Readonly<Record<string, EditedLine>>
  /** Which line somebody is on: a field, or after the last one the button. */
  readonly at: number
  /** What the ledger said of each field. What was changed since is left out. */
  readonly violations: ViolationMap
}

/** A form as it opens: on the first required field that is empty, or else on the button. */
export const openForm = (fields: readonly FormField[], filled: Readonly<Record<string, string>>): FormState => {
  const lines = Object.fromEntries(fields.map(({ name }) => [name, lineOf(filled[name] ?? '')]))
  const empty = fields.findIndex(({ name, isRequired }) => isRequired && (filled[name] ?? '') === '')
  return { lines, at: empty === -1 ? fields.length : empty, violations: {} }
}

/** The form after one field was edited: what was said of it no longer holds. */
export const changeLine = (state: FormState, name: string, line: EditedLine): FormState => {
  const { [name]: _said, ...violations } = state.violations
  const changed = line.text !== state.lines[name]?.text
  return { ...state, lines: { ...state.lines, [name]: line }, violations: changed ? violations : state.violations }
}

/** The form after the ledger has said what is wrong: somebody goes to the first of these fields. */
export const withViolations = (state: FormState, fields: readonly FormField[], violations: ViolationMap): FormState => {
  const first = fields.findIndex(({ name }) => Object.hasOwn(violations, name))
  return { ...state, violations, at: first === -1 ? state.at : first }
}

/** What is written in each field. */
export const textsOf = ({ lines }: FormState): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(lines).map(([name, { text }]) => [name, text]))
