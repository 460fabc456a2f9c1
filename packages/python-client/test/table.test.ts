import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { runInterpreter, scriptsIn } from './interpreters.ts'

// What Lotbook has beyond the documented functions.
const ours = ['getLotActions', 'recallLot', 'holdRecalledLots']

type Row = readonly [method: string, path: string, positions: readonly string[]]

interface Operation {
  readonly operationId: string
  readonly parameters?: readonly { readonly name?: string }[]
}

const read = (path: string): string => readFileSync(new URL(`../../../docs/reference/${path}`, import.meta.url), 'utf8')
const { paths } = JSON.parse(read('openapi.json')) as { paths: Record<string, Record<string, Operation>> }

const withoutNames = (path: string): string => path.replaceAll(/\{\w+\}/gu, '{}')
const operations = new Map(
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => {
      const names = operation.parameters?.map(({ name }) => name)
      return [operation.operationId, { method: method.toUpperCase(), path: withoutNames(path), names }] as const
    }),
  ),
)

describe('the table of the client', () => {
  let functions: Record<string, Row> = {}
  let refusals: readonly string[] = []
  beforeAll(async () => {
    const script =
      'import json, lotbook_client as c; print(json.dumps({"functions": c.FUNCTIONS, "refusals": sorted(c.REFUSALS)}))'
    const { stdout, stderr } = await runInterpreter('python3', ['-c', script])
    expect(stderr).toBe('')
    ;({ functions, refusals } = JSON.parse(stdout) as { functions: Record<string, Row>; refusals: readonly string[] })
  })

  it('has the method and the path that the OpenAPI document has', () => {
    for (const [name, [method, path]] of Object.entries(functions))
      expect({ name, ...operations.get(name) }).toMatchObject({ name, method, path: withoutNames(path) })
  })

  it('names what is given by position as the OpenAPI document does, where it goes into the query', () => {
    for (const [name, [method, path, positions]] of Object.entries(functions)) {
      if (method !== 'GET' || path.includes('{')) continue
      for (const position of positions) expect(operations.get(name)?.names, name).toContain(position)
    }
  })

  it('has every documented function, each with a script that shows it', () => {
    expect(scriptsIn('scripts')).toHaveLength(65)
    expect(Object.keys(functions).sort()).toEqual([...scriptsIn('scripts'), ...ours].sort())
  })

  it('has a class for every refusal', () => {
    const types = [...read('refusals.md').matchAll(/`\/problems\/([a-z-]+)`/gu)].map(([, type = '']) => type)
    expect(types.length).toBeGreaterThan(10)
    expect(refusals).toEqual([...types, 'key-missing', 'key-not-valid'].sort())
  })
})
