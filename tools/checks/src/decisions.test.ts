import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const folder = new URL('../../../docs/adr/', import.meta.url)
const files = readdirSync(folder).toSorted()

describe('the decisions in docs/adr', () => {
  it('are numbered, each number once', () => {
    const numbers = files.map((name) => /^(\d{4})-/u.exec(name)?.[1])
    expect(numbers).not.toContain(undefined)
    expect(new Set(numbers).size).toBe(files.length)
  })

  it.each(files)('%s says its number in its heading', (name) => {
    const heading = `# ${Number(name.slice(0, 4))}. `
    expect(readFileSync(new URL(name, folder), 'utf8').slice(0, heading.length)).toBe(heading)
  })
})
