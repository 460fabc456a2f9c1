import { counts, facts } from './0006-trace.ts'

/** What was consumed or produced in an operation that a record names by two ids is found by the second one too. */
export const bothOperations = (): readonly string[] => [
  `insert into trace_operation
    select lot, case when type = 'CONSUME' then 'consumed' else 'produced' end, operation_record, ${facts}
    from lot_record
    where ${counts} and type in ('CONSUME', 'PRODUCE') and secondary_lot is null and operation <> operation_record`,
]
