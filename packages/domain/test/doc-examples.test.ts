import { readdirSync, readFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import * as domain from '../src/index.ts'

// The examples of the doc comments run: `expression // result`, where the result may be followed by `: why`.

const source = `${import.meta.dirname}/../src`

interface Example {
  readonly file: string
  readonly expression: string
  readonly result: string
}

const examplesOf = (file: string): readonly Example[] => {
  const text = readFileSync(`${source}/${file}`, 'utf8')
  return [...text.matchAll(/@example\n(?<lines>(?: \* .+\n)+)/gu)].flatMap(({ groups }) =>
    (groups?.['lines'] ?? '')
      .trimEnd()
      .split('\n')
      .map((line) => line.slice(' * '.length))
      .map((line) => {
        const [expression = '', result = ''] = line.split(/ \/\/ (?=[^/]*$)/u)
        return { file, expression, result: result.replace(/: .*$/u, '') }
      }),
  )
}

const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.ts') && !file.endsWith('.test.ts'),
)
const examples = files.flatMap(examplesOf)

/** Evaluates an expression in which everything that the domain exports is known by its name. */
const evaluate = (expression: string): unknown => runInNewContext(`(${expression})`, { ...domain })

describe('the example', () => {
  it('is there for what reads and shows values', () => {
    expect(examples.map(({ file }) => file)).toEqual(
      expect.arrayContaining(['identifiers/ulid.ts', 'quantity/quantity.ts', 'time/instant.ts']),
    )
  })

  it.each(examples)('in $file: $expression gives $result', ({ expression, result }) => {
    expect(result).not.toBe('')
    const [actual, expected] = [evaluate(expression), evaluate(result)]
    expect(isDeepStrictEqual(actual, expected), `it gives ${String(actual)}`).toBe(true)
  })

  it('is a line of the form `expression // result`, wherever a comment says @example', () => {
    const said = files.reduce(
      (sum, file) => sum + readFileSync(`${source}/${file}`, 'utf8').split('@example\n').length - 1,
      0,
    )
    const found = new Set(examples.map(({ file, expression }) => `${file} ${expression}`)).size
    expect(found).toBeGreaterThanOrEqual(said)
  })
})
