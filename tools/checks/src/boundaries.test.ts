import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { environment, packageFolders, root } from './workspace.ts'

// Plants forbidden imports in a copy of the layout and shows that the linter refuses each, by rule and file.

type Plant = { readonly file: string; readonly code: string; readonly rules: readonly string[] }

const restricted = 'lint/style/noRestrictedImports'
const undeclared = 'lint/correctness/noUndeclaredDependencies'
const cycle = 'lint/suspicious/noImportCycles'

const imports = (specifier: string) => `import * as it from '${specifier}'\n\nexport const use = it\n`

const forbidden: Record<string, Plant> = {
  'the domain imports node:': {
    file: 'packages/domain/src/lot/node.ts',
    code: imports('node:fs'),
    rules: [restricted],
  },
  'the domain imports a module of Node without its prefix': {
    file: 'packages/domain/src/lot/bare-node.ts',
    code: imports('fs'),
    rules: [restricted],
  },
  'the domain imports node: at run time only': {
    file: 'packages/domain/src/lot/dynamic.ts',
    code: "export const use = await import('node:path')\n",
    rules: [restricted],
  },
  'the domain re-exports from node:': {
    file: 'packages/domain/src/lot/re-export.ts',
    code: "export { join } from 'node:path'\n",
    rules: [restricted],
  },
  'the domain imports the repository': {
    file: 'packages/domain/src/lot/repository.ts',
    code: imports('@lotbook/repository'),
    rules: [restricted, undeclared],
  },
  'the domain imports a type of the repository': {
    file: 'packages/domain/src/lot/repository-type.ts',
    code: "import type { Store } from '@lotbook/repository'\n\nexport type Use = Store\n",
    rules: [restricted, undeclared],
  },
  'the domain imports the repository by a path': {
    file: 'packages/domain/src/lot/repository-path.ts',
    code: imports('../../../repository/src/index.ts'),
    rules: [restricted],
  },
  'the domain imports SQL': {
    file: 'packages/domain/src/lot/sql.ts',
    code: imports('kysely'),
    rules: [restricted, undeclared],
  },
  'the domain imports HTTP': {
    file: 'packages/domain/src/lot/http.ts',
    code: imports('hono'),
    rules: [restricted, undeclared],
  },
  'the domain imports a test library outside its tests': {
    file: 'packages/domain/src/lot/vitest.ts',
    code: imports('vitest'),
    rules: [restricted],
  },
  'the testing subpath of the domain imports node:': {
    file: 'packages/domain/src/testing/node.ts',
    code: imports('node:fs'),
    rules: [restricted],
  },
  'a test of the domain imports the repository': {
    file: 'packages/domain/src/lot/repository.test.ts',
    code: imports('@lotbook/repository'),
    rules: [restricted, undeclared],
  },
  'the domain imports in a circle': {
    file: 'packages/domain/src/lot/circle-a.ts',
    code: "import { b } from './circle-b.ts'\n\nexport const a = (): number => b()\n",
    rules: [cycle],
  },
  'the repository imports the HTTP app': {
    file: 'packages/repository/src/http.ts',
    code: imports('@lotbook/http'),
    rules: [restricted, undeclared],
  },
  'the repository imports Hono': {
    file: 'packages/repository/src/hono.ts',
    code: imports('hono'),
    rules: [undeclared],
  },
  'the client over HTTP imports the HTTP app': {
    file: 'packages/http-client/src/http.ts',
    code: imports('@lotbook/http'),
    rules: [restricted, undeclared],
  },
  'the client over HTTP imports node:': {
    file: 'packages/http-client/src/node.ts',
    code: imports('node:http'),
    rules: [restricted],
  },
  'the terminal app imports the client over HTTP': {
    file: 'apps/tui/src/http-client.ts',
    code: imports('@lotbook/http-client'),
    rules: [restricted, undeclared],
  },
  'the HTTP app imports Kysely': {
    file: 'apps/http/src/kysely.ts',
    code: imports('kysely'),
    rules: [restricted, undeclared],
  },
  'the HTTP app imports SQLite': {
    file: 'apps/http/src/sqlite.ts',
    code: imports('better-sqlite3'),
    rules: [restricted, undeclared],
  },
  'the HTTP app imports the cli': {
    file: 'apps/http/src/cli.ts',
    code: imports('@lotbook/cli'),
    rules: [restricted, undeclared],
  },
  'the HTTP app imports the terminal app': {
    file: 'apps/http/src/tui.ts',
    code: imports('@lotbook/tui'),
    rules: [restricted, undeclared],
  },
  'the HTTP app imports the cli by a path': {
    file: 'apps/http/src/cli-path.ts',
    code: imports('../../cli/src/main.ts'),
    rules: [restricted],
  },
  'the HTTP app imports a development dependency in code that ships': {
    file: 'apps/http/src/vitest.ts',
    code: imports('vitest'),
    rules: [undeclared],
  },
  'the terminal app imports the HTTP app': {
    file: 'apps/tui/src/http.ts',
    code: imports('@lotbook/http'),
    rules: [restricted, undeclared],
  },
  'the terminal app imports SQL': {
    file: 'apps/tui/src/kysely.tsx',
    code: imports('kysely'),
    rules: [restricted, undeclared],
  },
  'the cli imports a tool': {
    file: 'apps/cli/src/bench.ts',
    code: imports('@lotbook/bench'),
    rules: [restricted, undeclared],
  },
  'a tool imports another tool': {
    file: 'tools/docs/src/bench.ts',
    code: imports('@lotbook/bench'),
    rules: [restricted, undeclared],
  },
}

const allowed: Record<string, Omit<Plant, 'rules'>> = {
  'the domain imports effect': { file: 'packages/domain/src/lot/effect.ts', code: imports('effect') },
  'the domain imports a module of effect': {
    file: 'packages/domain/src/lot/schema.ts',
    code: imports('effect/Schema'),
  },
  'the domain imports ulid': { file: 'packages/domain/src/lot/ulid.ts', code: imports('ulid') },
  'the domain imports its own files': { file: 'packages/domain/src/lot/own.ts', code: imports('../actions/verb.ts') },
  'a test of the domain imports vitest': { file: 'packages/domain/src/lot/lot.test.ts', code: imports('vitest') },
  'the testing subpath imports fast-check': { file: 'packages/domain/src/testing/fc.ts', code: imports('fast-check') },
  'the repository imports the domain': { file: 'packages/repository/src/ok.ts', code: imports('@lotbook/domain') },
  'the repository imports Kysely': { file: 'packages/repository/src/sql.ts', code: imports('kysely') },
  'the HTTP app imports the repository': { file: 'apps/http/src/ok.ts', code: imports('@lotbook/repository') },
  'the client over HTTP imports the domain': {
    file: 'packages/http-client/src/ok.ts',
    code: imports('@lotbook/domain'),
  },
  'the cli imports the HTTP app': { file: 'apps/cli/src/ok.ts', code: imports('@lotbook/http') },
}

type Diagnostic = { readonly category: string; readonly location: { readonly path: string } }

let copy = ''
let found: readonly Diagnostic[] = []

const plant = ({ file, code }: Omit<Plant, 'rules'>) => {
  mkdirSync(dirname(join(copy, file)), { recursive: true })
  writeFileSync(join(copy, file), code)
}

const rulesAt = (file: string) => [
  ...new Set(found.filter(({ location }) => location.path === file).map(({ category }) => category)),
]

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'lotbook-boundaries-'))
  for (const file of [
    'biome.json',
    '.gitignore',
    ...['.', ...packageFolders()].map((folder) => `${folder}/package.json`),
  ]) {
    cpSync(join(root, file), join(copy, file), { recursive: true })
  }
  for (const file of Object.values({ ...forbidden, ...allowed })) plant(file)
  plant({
    file: 'packages/domain/src/lot/circle-b.ts',
    code: "import { a } from './circle-a.ts'\n\nexport const b = (): number => a()\n",
  })
  plant({ file: 'packages/domain/src/actions/verb.ts', code: 'export const verb = 1\n' })
  plant({ file: 'packages/repository/src/index.ts', code: 'export const index = 1\n' })
  plant({ file: 'apps/cli/src/main.ts', code: 'export const main = 1\n' })
  const lint = spawnSync('biome', ['lint', '--reporter=json', '--max-diagnostics=none', '.'], {
    cwd: copy,
    env: environment,
    encoding: 'utf8',
  })
  found = (JSON.parse(lint.stdout) as { diagnostics: Diagnostic[] }).diagnostics
})

afterAll(() => rmSync(copy, { recursive: true, force: true }))

describe('boundaries', () => {
  it.each(Object.entries(forbidden))('refuses it when %s', (_, { file, rules }) => {
    expect(rulesAt(file)).toEqual(expect.arrayContaining([...rules]))
  })

  it.each(Object.entries(allowed))('lets it pass when %s', (_, { file }) => {
    expect(rulesAt(file)).toEqual([])
  })
})
