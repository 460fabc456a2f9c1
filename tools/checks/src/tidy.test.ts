import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { offences, tidyRules } from './tidy.ts'
import { root } from './workspace.ts'

const binary = /\.(png|jpe?g|gif|ico|woff2?|gz|tgz|zip|pdf|db|sqlite)$/

// What git tracks and what it would track at the next commit.
const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root })
  .toString()
  .split('\0')
  .filter((path) => path !== '' && !binary.test(path))
  .filter((path) => existsSync(join(root, path)) && statSync(join(root, path)).isFile())
  .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))

// Split in two, so that this file does not break the rules that it plants against.
const planted: Record<string, readonly [path: string, ...text: string[]][]> = {
  'no test is switched off or singled out': [
    ['packages/domain/src/lot/lot.test.ts', 'it', ".skip('x', () => 1)"],
    ['packages/domain/src/lot/lot.test.ts', 'describe', ".only('x', () => 1)"],
    ['packages/domain/src/lot/lot.test.ts', 'it', ".concurrent.todo('x')"],
  ],
  'no note for later': [
    ['README.md', 'TO', 'DO: write it'],
    ['packages/domain/src/a.ts', '// FIX', 'ME'],
  ],
  'no any': [
    ['apps/http/src/a.ts', 'const a = b as', ' any'],
    ['apps/http/src/a.ts', 'const a = (b:', ' any) => b'],
  ],
  'no check is silenced': [
    ['apps/http/src/a.ts', '// @ts', '-ignore'],
    ['apps/http/src/a.ts', '// biome', '-ignore lint: x'],
  ],
  'no error is swallowed': [
    ['apps/http/src/a.ts', 'try { a() } catch', ' {}'],
    ['apps/http/src/a.ts', 'a().catch(() =>', ' {})'],
  ],
  'no path of one machine': [['CONTRIBUTING.md', 'see /', 'root/', 'x']],
  'no registry host in the lock file': [['package-lock.json', '"resolved": ', '"https://registry.example/a.tgz"']],
  'no registry setting': [['.npmrc', 'registry', '=https://registry.example']],
  'no barrel': [['packages/domain/src/index.ts', 'export', " * from './lot.ts'"]],
  'no file or folder that is named after nothing': [
    ['packages/domain/src/utils.ts', ''],
    ['packages/domain/src/helpers/date.ts', ''],
    ['packages/domain/src/string-utils.ts', ''],
  ],
  'no test fixture in code that ships': [['apps/http/src/app.ts', 'import { a } from ', "'@lotbook/domain/testing'"]],
}

describe('tidy', () => {
  it('reads the files of the repository', () => {
    expect(files.map(({ path }) => path)).toContain('tools/checks/src/tidy.ts')
  })

  it('finds nothing untidy in them', () => {
    expect(offences(files)).toEqual([])
  })

  it.each(tidyRules.map(({ name }) => name))('sees it when the rule is broken: %s', (name) => {
    const plants = planted[name] ?? []
    expect(plants.length).toBeGreaterThan(0)
    for (const [path, ...text] of plants) {
      expect(offences([{ path, text: text.join('') }]).map((offence) => offence.split(': ').at(-1))).toContain(name)
    }
  })

  it('does not take prose in a comment for code', () => {
    const text = ['/**\n * The reason:', ' any text.\n */\nexport const a = 1 // of a kind:', ' any\n'].join('')
    expect(offences([{ path: 'apps/http/src/a.ts', text }])).toEqual([])
  })
})
