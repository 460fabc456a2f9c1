import { Effect } from 'effect'
import type { Operation } from '../operation.ts'

const contentType = 'text/plain; version=0.0.4; charset=utf-8'

/** What the server counts about itself. */
export const metricsRoutes: readonly Operation[] = [
  {
    method: 'GET',
    path: '/metrics',
    id: 'getMetrics',
    tag: 'Operations',
    summary: 'Read the metrics of the server',
    description: 'In the Prometheus text format. The delays of the event loop are those since the last look.',
    permission: 'INVENTORY.READ.GET',
    answers: { 200: { description: 'The metrics.', contentType: 'text/plain' } },
    handle: ({ checkpoint, metrics, streams }) =>
      Effect.map(checkpoint(), ({ count }) => ({
        status: 200,
        text: metrics.show(count, streams.count()),
        headers: { 'Content-Type': contentType },
      })),
  },
]
