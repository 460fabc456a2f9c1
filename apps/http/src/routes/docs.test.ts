import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Harness, makeHarness } from '../../test/harness.ts'

let app: Harness

beforeAll(async () => {
  app = await makeHarness()
})
afterAll(() => app.close())

describe('/docs', () => {
  it('is a page without a key that loads only from this server', async () => {
    const { status, headers, text } = await app.send('/docs', { secret: null })
    // Without it a browser asks for /favicon.ico, which is not there.
    expect(text).toContain('<link rel="icon" href="data:,">')
    expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
    expect(headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'")
    const scripts = Array.from(text.matchAll(/src="([^"]+)"/gu), ([, source = '']) => source)
    expect(scripts).toEqual(['/docs/scalar.js', '/docs/init.js'])
    for (const source of scripts) {
      const script = await app.send(source, { secret: null })
      expect([script.status, script.headers.get('content-type')]).toEqual([200, 'text/javascript'])
      expect(script.text.length).toBeGreaterThan(100)
    }
    expect(text).not.toMatch(/https?:/)
  })

  it('switches everything off that would look elsewhere', async () => {
    const { text } = await app.send('/docs/init.js', { secret: null })
    expect(text).toContain("url: '/openapi.json'")
    expect(text).toContain('withDefaultFonts: false')
    expect(text).toContain('telemetry: false')
  })
})
