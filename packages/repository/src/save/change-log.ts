import type { FieldChange } from '@lotbook/domain'
import type { Kysely } from 'kysely'
import type { Call } from '../program.ts'
import { insertion } from '../statement.ts'
import type { Tables } from '../tables.ts'

/** A row of the change table: what the domain changes, and the repository's own API keys. */
export type LoggedChange = Omit<FieldChange, 'entity'> & { readonly entity: FieldChange['entity'] | 'api key' }

/** Makes the rows of the change table. `sequence` is how many versions there are by then. */
export const makeChangeLog = (db: Kysely<Tables>): ((change: LoggedChange, sequence: number) => Call<unknown>) => {
  const insert = insertion(db, 'change_log', [
    'entity',
    'entity_id',
    'field',
    'from_value',
    'to_value',
    'changed_at',
    'changed_by',
    'sequence',
  ])
  return (change, sequence) =>
    insert({
      entity: change.entity,
      entity_id: change.entityId,
      field: change.field,
      from_value: JSON.stringify(change.from),
      to_value: JSON.stringify(change.to),
      changed_at: change.changedDate,
      changed_by: change.changedBy,
      sequence,
    })
}
