import { counts, facts } from './0006-trace.ts'

const sides = (operation: string, only: string): string => `insert into trace_operation
    select lot, case when type = 'CONSUME' then 'consumed' else 'produced' end, ${operation}, ${facts}
    from lot_record
    where ${counts} and type in ('CONSUME', 'PRODUCE') and secondary_lot <> lot and ${only}`

/** What was consumed or produced in an operation by a record that names another lot is found by the operation too. */
export const namedInOperations = (): readonly string[] => [
  sides('operation', 'operation is not null'),
  sides('operation_record', 'operation_record is not null and (operation is null or operation <> operation_record)'),
]
