import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { makeLineWriter } from './line-writer.ts'

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

describe('lines', () => {
  it('of one turn of the event loop are written at once, in their order', async () => {
    const written: string[] = []
    const { add } = makeLineWriter((text) => written.push(text))
    for (const line of ['a\n', 'b\n', 'c\n']) add(line)
    expect(written).toEqual([])
    await nextTurn()
    expect(written).toEqual(['a\nb\nc\n'])
    add('d\n')
    await nextTurn()
    expect(written).toEqual(['a\nb\nc\n', 'd\n'])
  })

  it('do not wait once they are many, and none is written twice', async () => {
    const written: string[] = []
    const { add, flush } = makeLineWriter((text) => written.push(text))
    const line = `${'x'.repeat(1023)}\n`
    for (let count = 0; count < 65; count++) add(line)
    expect(written).toEqual([line.repeat(64)])
    flush()
    await nextTurn()
    expect(written).toEqual([line.repeat(64), line])
  })

  it.each([
    ['ends', ''],
    ['is told to exit', 'process.exit(3)'],
    ['ends by an error', "throw new Error('broken')"],
  ])('are written when the process %s in the same turn', (_how, end) => {
    const module = new URL('line-writer.ts', import.meta.url).href
    const program = `
      const { makeLineWriter } = await import('${module}')
      const { add } = makeLineWriter((text) => process.stdout.write(text))
      add('first\\n'); add('last\\n'); ${end}`
    let output: string
    try {
      output = execFileSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
        stdio: ['ignore', 'pipe', 'ignore'],
      }).toString()
    } catch (error) {
      output = String((error as { readonly stdout: Buffer }).stdout)
    }
    expect(output).toBe('first\nlast\n')
  })
})
