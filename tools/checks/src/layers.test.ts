import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { domainDependencies, layers } from './layers.ts'
import { packageFolders, readManifest, root } from './workspace.ts'

const folders = packageFolders()
const ours = (name: string) => name.startsWith('@lotbook/')

describe('layers', () => {
  it.each(folders)('%s depends only on the packages that its layer may know', (folder) => {
    const { name, dependencies, devDependencies, peerDependencies } = readManifest(folder)
    const known = Object.keys({ ...dependencies, ...devDependencies, ...peerDependencies }).filter(ours)
    const allowed = layers[name]
    expect(allowed, `${name} is missing in layers.ts`).toBeDefined()
    expect(known.filter((dependency) => !allowed?.includes(dependency))).toEqual([])
  })

  it.each(folders)(
    '%s references the TypeScript projects of the packages that it depends on, and no others',
    (folder) => {
      const file = join(root, folder, 'tsconfig.build.json')
      // The Python client has nothing to build.
      const config = JSON.parse(existsSync(file) ? readFileSync(file, 'utf8') : '{}') as {
        references?: { path: string }[]
      }
      const referenced = (config.references ?? []).map(
        ({ path }) => readManifest(relative(root, dirname(join(root, folder, path)))).name,
      )
      const { dependencies, devDependencies } = readManifest(folder)
      expect(referenced.sort()).toEqual(
        Object.keys({ ...dependencies, ...devDependencies })
          .filter(ours)
          .sort(),
      )
    },
  )

  it('gives the domain no dependency but effect and ulid', () => {
    expect(Object.keys(readManifest('packages/domain').dependencies ?? {}).sort()).toEqual(domainDependencies)
  })

  it('names every package in the lint rule against paths into another package', () => {
    const across = /\*\*\/\{([\w,-]+)\}\/\{src,test,dist\}/g
    const lists = [...readFileSync(join(root, 'biome.json'), 'utf8').matchAll(across)].map((match) => match[1])
    expect(lists.length).toBeGreaterThan(0)
    for (const list of lists) {
      expect(folders.map((folder) => basename(folder)).filter((name) => !list?.split(',').includes(name))).toEqual([])
    }
  })

  it('pins every dependency to one exact version across the workspace', () => {
    const versions = new Map<string, Set<string>>()
    for (const folder of ['.', ...folders]) {
      const { dependencies, devDependencies } = readManifest(folder)
      for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
        expect(version, `${folder}: ${name}`).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/)
        versions.set(name, (versions.get(name) ?? new Set()).add(version))
      }
    }
    expect([...versions].filter(([, found]) => found.size > 1)).toEqual([])
  })

  it('links the program of the cli', () => {
    expect(existsSync(join(root, 'apps/cli/bin/lotbook.mjs'))).toBe(true)
  })
})
