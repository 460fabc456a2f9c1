import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { makeNewFile } from './new-file.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lotbook-new-file-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('a new file', () => {
  it('has its name once it is whole', async () => {
    const file = join(folder, 'copy')
    await makeNewFile(file, async (partial) => {
      await writeFile(partial, 'all of it')
      expect(readdirSync(folder)).toEqual([basename(partial)])
      expect(basename(partial)).toMatch(/^copy\.[0-9a-f]{12}\.partial$/)
    })
    expect(readdirSync(folder)).toEqual(['copy'])
    expect(readFileSync(file, 'utf8')).toBe('all of it')
  })

  it('leaves one alone that came meanwhile', async () => {
    const file = join(folder, 'copy')
    const making = makeNewFile(file, async (partial) => {
      await writeFile(partial, 'ours')
      await writeFile(file, 'theirs')
    })
    await expect(making).rejects.toMatchObject({ code: 'EEXIST' })
    expect(readdirSync(folder)).toEqual(['copy'])
    expect(readFileSync(file, 'utf8')).toBe('theirs')
  })

  it('is not there where it could not be written', async () => {
    const making = makeNewFile(join(folder, 'copy'), async (partial) => {
      await writeFile(partial, 'half')
      throw new Error('the disk is full')
    })
    await expect(making).rejects.toThrow('the disk is full')
    expect(readdirSync(folder)).toEqual([])
  })
})
