import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const folder = new URL('../../../docs/adr/', import.meta.url)
const files = readdirSync(folder).toSorted()

describe('the decisions in docs/adr', () => {
  it('are numbered from 1 on, each number once and none left out', () => {
    expect(files.map((name) => name.slice(0, 5))).toEqual(
      files.map((_, place) => `${String(place + 1).padStart(4, '0')}-`),
    )
  })

  it.each(files)('%s says its number in its heading', (name) => {
    const heading = `# ${Number(name.slice(0, 4))}. `
    expect(readFileSync(new URL(name, folder), 'utf8').slice(0, heading.length)).toBe(heading)
  })
})
