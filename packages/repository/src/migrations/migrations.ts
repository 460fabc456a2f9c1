import type { Dialect } from '../dialect.ts'
import { ledger } from './0001-ledger.ts'
import { unitConversions } from './0002-unit-conversions.ts'
import { writingTimes } from './0003-writing-times.ts'
import { webhooks } from './0004-webhooks.ts'
import { imports } from './0005-imports.ts'
import { trace } from './0006-trace.ts'
import { fewerPages } from './0007-fewer-pages.ts'
import { bothOperations } from './0008-both-operations.ts'
import { namedInOperations } from './0009-named-in-operations.ts'
import { nextSequence } from './0010-next-sequence.ts'

/** A step from one schema to the next. Once released it never changes; there is no way back. */
export interface Migration {
  readonly name: string
  readonly statements: (dialect: Dialect) => readonly string[]
}

/** Every migration, first to last. */
export const migrations: readonly Migration[] = [
  { name: '0001-ledger', statements: ledger },
  { name: '0002-unit-conversions', statements: unitConversions },
  { name: '0003-writing-times', statements: writingTimes },
  { name: '0004-webhooks', statements: webhooks },
  { name: '0005-imports', statements: imports },
  { name: '0006-trace', statements: trace },
  { name: '0007-fewer-pages', statements: fewerPages },
  { name: '0008-both-operations', statements: bothOperations },
  { name: '0009-named-in-operations', statements: namedInOperations },
  { name: '0010-next-sequence', statements: nextSequence },
]
