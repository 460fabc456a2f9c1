import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openApiText } from '@lotbook/http'

const root = join(import.meta.dirname, '..', '..', '..')
const folder = 'packages/python-client/test/scripts'
const test = 'packages/python-client/test/functions.test.ts'
const testName = 'a script under %s calls'
const caller = 'system.mes.inventory.'

type Paths = Readonly<Record<string, Readonly<Record<string, { readonly operationId?: string }>>>>

/** `GET /v1/lots/{id}` by the name of the function. */
const doorsOf = (paths: Paths): ReadonlyMap<string | undefined, string> =>
  new Map(
    Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { operationId }]) => [operationId, `${method.toUpperCase()} ${path}`]),
    ),
  )

/** The first call of a function in a script, on one line. */
const callIn = (script: string, name: string): string => {
  const start = script.indexOf(`${caller}${name}(`)
  if (start === -1) throw new Error(`${folder}/${name}.py does not call ${name}: it is to show that function`)
  let open = 0
  for (let end = start; end < script.length; end++) {
    if (script[end] === '(') open++
    if (script[end] === ')' && --open === 0)
      return script
        .slice(start + caller.length, end + 1)
        .replaceAll(/\s+/gu, ' ')
        .replace('( ', '(')
  }
  throw new Error(`${folder}/${name}.py has no end to its call of ${name}`)
}

const rowOf = (name: string, door: string | undefined): string => {
  if (door === undefined) throw new Error(`no operation of the HTTP API is called ${name}`)
  const call = callIn(readFileSync(join(root, folder, `${name}.py`), 'utf8'), name)
  return `| ${name} | \`${door}\` | \`${call}\` | [${name}.py](../../${folder}/${name}.py) |`
}

/** Every documented function: where it is over HTTP, how a script calls it, and the test that shows it. */
export const writeFunctions = (): string => {
  const doors = doorsOf((JSON.parse(openApiText()) as { paths: Paths }).paths)
  const names = readdirSync(join(root, folder))
    .filter((file) => file.endsWith('.py'))
    .map((file) => file.replace('.py', ''))
    .sort((one, other) => one.toLowerCase().localeCompare(other.toLowerCase(), 'en'))
  if (!readFileSync(join(root, test), 'utf8').includes(`'${testName}'`))
    throw new Error(`${test} has no test “${testName}”, which is to run the scripts`)
  return [
    '# The documented functions',
    '',
    `Written by \`npm run docs\` from the OpenAPI document and the scripts in \`${folder}\`.`,
    '',
    `All ${names.length} functions of \`system.mes.inventory\`. Each script is a test: [functions.test.ts](../../${test}) runs it under`,
    `Python 3 and under Jython against a server. Its name there is “${testName}” and the name of the function.`,
    'In a script `system.mes.inventory.` stands before each call.',
    '',
    '| Function | HTTP | Python | Shown by |',
    '| --- | --- | --- | --- |',
    ...names.map((name) => rowOf(name, doors.get(name))),
    '',
  ].join('\n')
}
