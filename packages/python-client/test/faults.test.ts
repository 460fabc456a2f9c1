import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FaultyServer, startFaultyServer } from './faulty-server.ts'
import { interpreters, type Ran, runScript } from './interpreters.ts'
import { startServer } from './server.ts'

describe.each(interpreters)('under %s, against a server that does something wrong', (interpreter) => {
  let faulty: FaultyServer
  let ran: Ran
  beforeAll(async () => {
    faulty = await startFaultyServer(await startServer())
    ran = await runScript(interpreter, 'programs/over_faults.py', faulty.url)
  })
  afterAll(() => faulty.close())

  it('a script comes to its end', () => {
    expect(ran).toEqual({ code: 0, stdout: 'done\n', stderr: '' })
  })

  it.each(['drop', 'cut', 'hang', 'busy', 'unsure', 'running', 'gateway'])(
    'a request that meets %s is sent again with the same key, and has one effect',
    (fault) => {
      const [first, second, ...more] = faulty.seen(fault)
      expect(more).toEqual([])
      expect(first?.key).toMatch(/^[\da-f-]{36}$/u)
      expect(second).toEqual({ ...first, replayed: true })
    },
  )

  it('every request has a key of its own', () => {
    const keys = ['drop', 'cut', 'hang', 'busy', 'running', 'gateway'].map((fault) => faulty.seen(fault)[0]?.key)
    expect(new Set(keys).size).toBe(6)
  })

  it('attempts are bounded', () => {
    expect(faulty.seen('always-drop')).toHaveLength(2)
    expect(faulty.seen('always-busy')).toHaveLength(2)
    expect(faulty.seen('always-gateway')).toHaveLength(3)
    expect(faulty.seen('always-denied')).toHaveLength(1)
    expect(faulty.seen('always-unsure')).toHaveLength(1)
    expect(faulty.seen('always-vague')).toHaveLength(2)
    expect(faulty.seen('always-cut')).toHaveLength(1)
  })
})
