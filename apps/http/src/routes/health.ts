import { Effect, Schema } from 'effect'
import { type Operation, ok } from '../operation.ts'

const Alive = Schema.Struct({ status: Schema.Literal('ok') }).annotate({ identifier: 'Health' })
const tag = 'Operations'

/** Whether the server lives, and whether it can work. */
export const healthRoutes: readonly Operation[] = [
  {
    method: 'GET',
    path: '/health/live',
    id: 'getLiveness',
    tag,
    summary: 'Whether the server lives',
    isPublic: true,
    answers: { 200: { description: 'It answers.', schema: Alive } },
    handle: () => Effect.succeed(ok({ status: 'ok' })),
  },
  {
    method: 'GET',
    path: '/health/ready',
    id: 'getReadiness',
    tag,
    summary: 'Whether the store can be read',
    isPublic: true,
    answers: { 200: { description: 'The store answers.', schema: Alive } },
    refusals: ['StorageUnavailable'],
    handle: ({ ready }) => Effect.as(ready(), ok({ status: 'ok' })),
  },
]
