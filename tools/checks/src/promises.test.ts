import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { environment, root } from './workspace.ts'

describe('oxlint --type-aware', () => {
  it('refuses a promise that nobody waits for', () => {
    const folder = mkdtempSync(join(tmpdir(), 'lotbook-promises-'))
    try {
      cpSync(join(root, '.oxlintrc.json'), join(folder, '.oxlintrc.json'))
      writeFileSync(join(folder, 'tsconfig.json'), '{ "compilerOptions": { "strict": true }, "include": ["."] }')
      writeFileSync(
        join(folder, 'floating.ts'),
        'const save = async (): Promise<number> => 1\nsave()\nexport const use = save\n',
      )
      const lint = spawnSync('oxlint', ['--type-aware', '--format=unix', '.'], {
        cwd: folder,
        env: environment,
        encoding: 'utf8',
      })
      expect(lint.status).not.toBe(0)
      expect(lint.stdout).toMatch(/floating\.ts:2.*no-floating-promises/)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
