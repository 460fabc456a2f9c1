import { atOnce, type Call, type Program } from '../program.ts'
import type { WideRow } from '../wide-row.ts'
import { type Asked, type Lookup, mergedLookup } from './merge.ts'

type Rows = readonly unknown[]

/** The calls of one statement, each with the values of others left out. */
interface Question {
  readonly lookup: Lookup | undefined
  readonly calls: Call<unknown>[]
  /** Where the calls with these values stand in `calls`. */
  readonly places: Map<string, number>
}

/** A row as an object, without what the merging put into it. */
const plain = ({ columns, values }: WideRow<Asked>): Readonly<Record<string, unknown>> => {
  const row: Record<string, unknown> = {}
  for (const [name, at] of columns) if (name !== 'asker') row[name] = values[at]
  return row
}

const partRows = ({ calls }: Question, rows: readonly WideRow<Asked>[]): readonly Rows[] => {
  const parts = calls.map((): unknown[] => [])
  const wide = calls[0]?.wide === true
  for (const row of rows) parts[row.get('asker') - 1]?.push(wide ? row : plain(row))
  return parts
}

/** Answers several calls at once: those of one statement with one statement, equal ones once. */
export function* lookUp(calls: readonly Call<unknown>[]): Program<readonly Rows[]> {
  const questions = new Map<unknown, Question>()
  const asked = calls.map((call) => {
    const { merging } = call
    const lookup = merging?.kind === 'lookup' ? merging : undefined
    const kind = lookup ?? call.sql
    const question: Question = questions.get(kind) ?? { lookup, calls: [], places: new Map() }
    questions.set(kind, question)
    const values = JSON.stringify(call.parameters)
    const place = question.places.get(values) ?? question.calls.push(call) - 1
    question.places.set(values, place)
    return { question, place }
  })
  const sent = Array.from(questions.values(), (question) => {
    const { lookup, calls: own } = question
    const merged = lookup !== undefined && own.length > 1
    return { question, merged, statements: merged ? [mergedLookup(lookup, own)] : own }
  })
  const answers = [...(yield* atOnce(sent.flatMap(({ statements }) => statements)))]
  const parts = new Map<Question, readonly Rows[]>()
  for (const { question, merged, statements } of sent) {
    const own = answers.splice(0, statements.length)
    parts.set(question, merged ? partRows(question, (own[0] ?? []) as readonly WideRow<Asked>[]) : own)
  }
  return asked.map(({ question, place }) => parts.get(question)?.[place] ?? [])
}
