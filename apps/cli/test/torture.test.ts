import { afterEach, beforeEach, describe, it } from 'vitest'
import { tests } from '../torture/tests.ts'
import { type Folder, makeFolder } from './program.ts'

// Their short forms are tests of their own, in other projects or here: of imports, in import-export.test.ts.
const elsewhere = ['random-histories', 'fuzz', 'migrations', 'million-import']

let folder: Folder
beforeEach(() => {
  folder = makeFolder()
})
afterEach(() => folder.remove())

describe('the torture in its short form', () => {
  const here = Object.entries(tests).filter(([name]) => !elsewhere.includes(name))
  it.each(here)('%s', async (_, test) => {
    const told: string[] = []
    const tell = (line: string) => {
      told.push(line)
    }
    try {
      await test({ folder: folder.file('.'), tell, seed: 1, form: 'short', args: [] })
    } catch (cause) {
      throw new Error(['it told:', ...told].join('\n'), { cause })
    }
  })
})
