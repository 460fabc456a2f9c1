import type { Call, Field, Inventory, LotRecordType, Preview, RecordView, Refusal } from '@lotbook/domain'
import type { Effect } from 'effect'

/** What a form came to: the records that were written, and a sentence that says what changed. */
export interface FormDone {
  readonly records: readonly RecordView[]
  readonly text: string
}

/** What a form asks before it does something that matters: the question, and what would be true afterwards. */
export interface FormQuestion {
  readonly text: string
  readonly lines: readonly string[]
}

/** A form: which request it fills in, and what is done with it. */
export interface FormDefinition {
  readonly title: string
  /** The fields of the request, by name. */
  readonly fields: Readonly<Record<string, Field<unknown>>>
  readonly required: readonly string[]
  /** It asks before it does it. */
  readonly isDangerous: (request: Readonly<Record<string, unknown>>) => boolean
  /** Whose reason codes are offered. */
  readonly lotRecordType: LotRecordType | undefined
  /** Asks in words of its own; without it, what a dry run shows is put into words. */
  readonly question?: (inventory: Inventory) => (request: unknown, call: Call) => Effect.Effect<FormQuestion, Refusal>
  readonly dryRun:
    | ((inventory: Inventory) => (request: unknown, call: Call) => Effect.Effect<Preview, Refusal>)
    | undefined
  readonly perform: (inventory: Inventory) => (request: unknown, call: Call) => Effect.Effect<FormDone, Refusal>
}
