import { type TraceView, ValidationFailed } from '@lotbook/domain'
import { Effect } from 'effect'
import { varies } from '../accept.ts'
import type { Answer } from '../operation.ts'
import { Problem } from '../problem.ts'
import { placeApart } from './place-apart.ts'

/** Draws a trace. What is too large, or takes too long, is refused by its format. */
export const drawTrace = (trace: TraceView): Effect.Effect<Answer | Problem, ValidationFailed> =>
  Effect.gen(function* () {
    // Loaded when it is first asked for: what draws is large.
    const { partsOf, svgText } = yield* Effect.promise(() => import('@lotbook/picture/svg'))
    const parts = partsOf(trace)
    if ('why' in parts) return yield* new ValidationFailed({ violations: { format: [parts.why] } })
    const placed = yield* Effect.promise(() => placeApart(parts))
    if (placed instanceof Problem) return placed
    if ('why' in placed) return yield* new ValidationFailed({ violations: { format: [placed.why] } })
    return { status: 200, text: svgText(trace, parts, placed), headers: { ...varies, 'Content-Type': 'image/svg+xml' } }
  })
