import { describe, expect, it } from 'vitest'
import { makeHarness, makeTestPlant } from '../test/harness.ts'
import { makeMetrics } from './metrics.ts'

describe('metrics', () => {
  it('count answers by route and status, and put durations into buckets', () => {
    const metrics = makeMetrics()
    for (const seconds of [0.0005, 0.003, 20]) metrics.answered('GET', '/v1/lots/{id}', 200, seconds)
    const lines = metrics.show(7, 0).split('\n')
    const labels = 'method="GET",route="/v1/lots/{id}"'
    expect(lines).toContain(`lotbook_http_requests_total{${labels},status="200"} 3`)
    expect(lines).toContain(`lotbook_http_request_duration_seconds_bucket{${labels},le="0.001"} 1`)
    expect(lines).toContain(`lotbook_http_request_duration_seconds_bucket{${labels},le="0.005"} 2`)
    expect(lines).toContain(`lotbook_http_request_duration_seconds_bucket{${labels},le="10"} 2`)
    expect(lines).toContain(`lotbook_http_request_duration_seconds_bucket{${labels},le="+Inf"} 3`)
    expect(lines).toContain('lotbook_ledger_sequence 7')
    expect(metrics.show(7, 0)).toMatch(/^process_resident_memory_bytes \d+$/m)
    expect(metrics.show(7, 0)).not.toContain('NaN')
  })

  it('are read with a key that may read', async () => {
    const app = await makeHarness()
    await makeTestPlant(app)
    const { status, headers, text } = await app.send('/metrics')
    expect([status, headers.get('content-type')]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8'])
    expect(text).toContain('lotbook_ledger_sequence 2')
    expect(text).toContain('route="/v1/lot-records",status="201"')
    for (const line of text.trim().split('\n'))
      expect(line).toMatch(/^(# (HELP|TYPE) .+|[a-z_]+(\{[^{}]*(\{id\}[^{}]*)?\})? -?[\d.e+-]+)$/)
    await app.close()
  })
})
