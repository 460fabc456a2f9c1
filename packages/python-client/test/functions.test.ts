import { beforeAll, describe, expect, it } from 'vitest'
import { interpreters, runAll, scriptsIn } from './interpreters.ts'
import { startServer } from './server.ts'

// One script for each documented function, and some for what holds for all of them. Each says for itself what is right.
describe.each(interpreters)('a script under %s calls', (interpreter) => {
  const folders = interpreter === 'jython' ? (['cases', 'java'] as const) : (['cases'] as const)
  let outcomes: Readonly<Record<string, string>> = {}
  beforeAll(async () => {
    outcomes = await runAll(interpreter, ['scripts', ...folders], await startServer())
  })

  it.each(scriptsIn('scripts'))('%s', (name) => {
    expect(outcomes[name]).toBe('ok')
  })

  it.each(folders.flatMap(scriptsIn))('what is in %s.py', (name) => {
    expect(outcomes[name]).toBe('ok')
  })
})
