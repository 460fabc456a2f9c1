import { existsSync, readdirSync } from 'node:fs'
import { defaultClientConditions, defaultServerConditions } from 'vite'
import { defineConfig, type TestUserConfig } from 'vitest/config'

type ProjectTest = Pick<TestUserConfig, 'globalSetup' | 'setupFiles'>

const root = import.meta.dirname

const setupFiles = [`${root}/packages/domain/test/seed.ts`]

// What a project needs beyond the defaults, by folder. Every package with a package.json is a project.
const extras: Record<string, ProjectTest> = {
  'packages/domain': { setupFiles },
  'packages/exchange': { setupFiles },
  'packages/repository': { setupFiles, globalSetup: ['test/global-postgres.ts'] },
  'apps/http': { setupFiles },
}

// For what hangs: how long a test takes depends on the machine.
const timeouts = { testTimeout: 8_000, hookTimeout: 8_000, expect: { poll: { timeout: 8_000 } } }

const folders = ['packages', 'apps', 'tools']
  .flatMap((group) => readdirSync(`${root}/${group}`).map((name) => `${group}/${name}`))
  .filter((folder) => existsSync(`${root}/${folder}/package.json`))

const project = (folder: string) => ({
  extends: true as const,
  root: `${root}/${folder}`,
  test: {
    name: folder.split('/')[1] ?? folder,
    include: ['src/**/*.test.{ts,tsx}', 'test/**/*.test.{ts,tsx}'],
    ...timeouts,
    ...extras[folder],
  },
})

export default defineConfig({
  // Tests read the sources of the other packages, never their dist.
  resolve: { conditions: ['@lotbook/source', ...defaultClientConditions] },
  ssr: { resolve: { conditions: ['@lotbook/source', ...defaultServerConditions] } },
  test: { passWithNoTests: true, teardownTimeout: 60_000, projects: folders.map(project) },
})
