import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks'

const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const

/** The answers of one method of one route. */
interface Answers {
  readonly labels: string
  readonly byStatus: Map<number, number>
  /** How many took as long as each bucket says, and longer than the bucket before. */
  readonly counts: number[]
  sum: number
  count: number
}

const bucketOf = (seconds: number): number => {
  let at = 0
  while (at < buckets.length && seconds > (buckets[at] as number)) at += 1
  return at
}

/** What the server counts about itself. */
export interface Metrics {
  /** Notes an answer: `route` is the path as the document writes it, so that ids do not become labels. */
  readonly answered: (method: string, route: string, status: number, seconds: number) => void
  /** Everything in the Prometheus text format, with the sequence of the ledger and how many streams of events are open. */
  readonly show: (sequence: number, streams: number) => string
}

const nanoseconds = 1e9

const delays = (delay: IntervalHistogram): string =>
  [
    '# HELP nodejs_eventloop_delay_seconds How late the event loop was, since the last look.',
    '# TYPE nodejs_eventloop_delay_seconds summary',
    ...[50, 90, 99].map(
      (percent) =>
        `nodejs_eventloop_delay_seconds{quantile="${percent / 100}"} ${delay.percentile(percent) / nanoseconds}`,
    ),
    '# HELP nodejs_eventloop_delay_max_seconds The longest delay of the event loop, since the last look.',
    '# TYPE nodejs_eventloop_delay_max_seconds gauge',
    `nodejs_eventloop_delay_max_seconds ${delay.max / nanoseconds}`,
  ].join('\n')

const memory = (): string => {
  const { rss, heapUsed } = process.memoryUsage()
  return [
    '# HELP process_resident_memory_bytes Resident memory.',
    '# TYPE process_resident_memory_bytes gauge',
    `process_resident_memory_bytes ${rss}`,
    '# HELP nodejs_heap_used_bytes Used heap.',
    '# TYPE nodejs_heap_used_bytes gauge',
    `nodejs_heap_used_bytes ${heapUsed}`,
  ].join('\n')
}

/** Starts counting. */
export const makeMetrics = (): Metrics => {
  const routes = new Map<string, Map<string, Answers>>()
  const delay = monitorEventLoopDelay({ resolution: 20 })
  delay.enable()

  const answersOf = (method: string, route: string): Answers => {
    const methods = routes.get(route) ?? new Map<string, Answers>()
    const known = methods.get(method)
    if (known !== undefined) return known
    const labels = `method="${method}",route="${route}"`
    const fresh = { labels, byStatus: new Map(), counts: buckets.map(() => 0), sum: 0, count: 0 }
    routes.set(route, methods.set(method, fresh))
    return fresh
  }

  const showDurations = ({ labels, counts, sum, count }: Answers): string => {
    let below = 0
    const lines = buckets.map((bound, at) => {
      below += counts[at] as number
      return `lotbook_http_request_duration_seconds_bucket{${labels},le="${bound}"} ${below}`
    })
    return [
      ...lines,
      `lotbook_http_request_duration_seconds_bucket{${labels},le="+Inf"} ${count}`,
      `lotbook_http_request_duration_seconds_sum{${labels}} ${sum}`,
      `lotbook_http_request_duration_seconds_count{${labels}} ${count}`,
    ].join('\n')
  }

  return {
    answered: (method, route, status, seconds) => {
      const known = answersOf(method, route)
      known.byStatus.set(status, (known.byStatus.get(status) ?? 0) + 1)
      const at = bucketOf(seconds)
      if (at < buckets.length) known.counts[at] = (known.counts[at] as number) + 1
      known.sum += seconds
      known.count += 1
    },
    show: (sequence, streams) => {
      const all = [...routes.values()].flatMap((methods) => [...methods.values()])
      const text = [
        '# HELP lotbook_http_requests_total Answers, by route and status.',
        '# TYPE lotbook_http_requests_total counter',
        ...all.flatMap(({ labels, byStatus }) =>
          Array.from(
            byStatus,
            ([status, count]) => `lotbook_http_requests_total{${labels},status="${status}"} ${count}`,
          ),
        ),
        '# HELP lotbook_http_request_duration_seconds Time from a request to its answer.',
        '# TYPE lotbook_http_request_duration_seconds histogram',
        ...all.map(showDurations),
        '# HELP lotbook_ledger_sequence The sequence of the last version in the ledger.',
        '# TYPE lotbook_ledger_sequence counter',
        `lotbook_ledger_sequence ${sequence}`,
        '# HELP lotbook_event_streams Streams of events that are open.',
        '# TYPE lotbook_event_streams gauge',
        `lotbook_event_streams ${streams}`,
        memory(),
        delays(delay),
        '',
      ].join('\n')
      delay.reset()
      return text
    },
  }
}
