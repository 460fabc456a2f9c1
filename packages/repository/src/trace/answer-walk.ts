import type { Question, QuestionKind, Questions, Walk } from '@lotbook/domain'
import { Result } from 'effect'
import type { Dialect } from '../dialect.ts'
import type { Resolve } from '../find/resolve.ts'
import { execute, type Program } from '../program.ts'
import { makeEdgeAnswers } from './edge-answers.ts'
import { makeFactAnswers } from './fact-answers.ts'
import { makeLotAnswers } from './lot-answers.ts'
import { makeRecallAnswers } from './recall-answers.ts'

type Answers = { readonly [K in QuestionKind]: (question: Questions[K]['ask']) => Program<Questions[K]['answer']> }

/** Makes the program that runs a walk of the domain: each question is a statement or a few. */
export const makeAnswerWalk = (dialect: Dialect, resolve: Resolve) => {
  const [edgeAnswers, lotAnswers] = [makeEdgeAnswers(dialect), makeLotAnswers(dialect)]
  const others = {
    ...makeFactAnswers(dialect),
    ...makeRecallAnswers(dialect),
    *key({ lot }) {
      return Result.getOrUndefined(yield* resolve({ lot }))?.lot
    },
    // A turn is what passes between two statements.
    *pause() {
      yield* execute({ sql: 'select 1', parameters: [] })
      return undefined
    },
  } satisfies Partial<Answers>
  return function* answerWalk<A>(walk: Walk<A>): Program<A> {
    // A walk sees one moment of the store, so it asks once for what all its questions need.
    const answers: Answers = { ...edgeAnswers(), ...lotAnswers(), ...others }
    let step = walk.next()
    while (step.done !== true) {
      const answer = answers[step.value.kind] as (question: Question) => Program<unknown>
      step = walk.next(yield* answer(step.value))
    }
    return step.value
  }
}
/** What `makeAnswerWalk` makes. */
export type AnswerWalk = ReturnType<typeof makeAnswerWalk>
