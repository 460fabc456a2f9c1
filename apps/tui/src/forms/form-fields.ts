import type { Field } from '@lotbook/domain'
import type { FormDefinition } from './form-definition.ts'

/** One field of a form on the screen. */
export interface FormField {
  readonly name: string
  readonly label: string
  readonly field: Field<unknown>
  readonly isRequired: boolean
}

/** The name of a field as people say it: `sourceLocationIdOrPath` → `source location`. */
export const labelOf = (name: string): string => {
  const words = name
    .replace(/(?:IdOrName|IdOrPath|Id)$/u, '')
    .replaceAll(/[A-Z]/gu, (letter) => ` ${letter.toLowerCase()}`)
    .replace('unit of measure symbol', 'unit')
    .replace('unit of measure', 'unit')
    .replace('material reason code', 'reason code')
  return words === '' ? name.toLowerCase() : words
}

const rare =
  /^(?:spare\d|operation|inventoryOperation|incrementProductionOrderCount|.*inventoryName|ongoing|endDate|startDate)/iu

/** The fields in the order in which they are asked: the required first, the rarely used last. `type` says itself. */
export const formFields = ({ fields, required }: FormDefinition): readonly FormField[] => {
  const all = Object.entries(fields)
    .filter(([name]) => name !== 'type')
    .map(([name, field]) => ({ name, label: labelOf(name), field, isRequired: required.includes(name) }))
  const rank = ({ name, isRequired }: FormField): number => (isRequired ? 0 : rare.test(name) ? 2 : 1)
  return all.toSorted((one, other) => rank(one) - rank(other))
}
