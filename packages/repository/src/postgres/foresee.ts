import type { ReadsAhead } from '../group.ts'
import { lastStatusChangeOf } from '../load/load-later-records.ts'
import { lotByUlid, rowsOfLot } from '../load/load-lots.ts'
import type { Call } from '../program.ts'
import { keptAnswer } from '../receipts.ts'
import { postgresDialect } from './dialect.ts'

const { db } = postgresDialect
const lot = lotByUlid(db)
const rows = rowsOfLot(db)
const lastStatusChange = lastStatusChangeOf(db)
const answer = keptAnswer(db)

/** What a change is going to look up in any case, so that it can be asked for before the change is begun. */
export const foresee = ({ scope, receipt }: ReadsAhead): readonly Call<unknown>[] => [
  ...(receipt === undefined ? [] : [answer({ scope: receipt.scope, key: receipt.key })]),
  ...(scope.lots ?? []).flatMap((ref) => ('id' in ref ? [lot({ ulid: ref.id }), rows({ ulid: ref.id })] : [])),
  ...(scope.lastStatusChangeOf ?? []).flatMap((ref) =>
    typeof ref === 'string' ? [lastStatusChange({ ulid: ref })] : [],
  ),
]

// A short name for a text.
const numbers = new Map<string, number>()
const numberOf = (sql: string): number => {
  const number = numbers.get(sql) ?? numbers.size
  numbers.set(sql, number)
  return number
}

/** By what a call is known again. */
export const nameOf = ({ sql, parameters }: Call<unknown>): string => `${numberOf(sql)} ${JSON.stringify(parameters)}`
