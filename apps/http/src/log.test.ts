import { describe, expect, it } from 'vitest'
import { makeLog } from './log.ts'

const written = (level: Parameters<typeof makeLog>[0]) => {
  const lines: string[] = []
  const log = makeLog(
    level,
    (line) => lines.push(line),
    () => 0,
  )
  log({ level: 'error', message: 'broken', cause: new Error('inner') })
  log({ level: 'info', message: 'request', status: 200, key: undefined })
  log({ level: 'debug', message: 'detail' })
  return lines
}

describe('the log', () => {
  it('writes one JSON object a line, with its time', () => {
    const [broken = '', request] = written('info')
    expect(JSON.parse(broken)).toMatchObject({ level: 'error', cause: { message: 'inner', stack: expect.any(String) } })
    expect(request).toBe('{"time":"1970-01-01T00:00:00.000Z","level":"info","message":"request","status":200}\n')
  })

  it('says which lines do not wait for others: warnings and errors', () => {
    const waits: boolean[] = []
    const log = makeLog('debug', (_line, atOnce) => waits.push(!atOnce))
    for (const level of ['error', 'warn', 'info', 'debug'] as const) log({ level, message: 'x' })
    expect(waits).toEqual([false, false, true, true])
  })

  it('leaves out what is below its level', () => {
    expect(written('silent')).toHaveLength(0)
    expect(written('error')).toHaveLength(1)
    expect(written('info')).toHaveLength(2)
    expect(written('debug')).toHaveLength(3)
  })
})
