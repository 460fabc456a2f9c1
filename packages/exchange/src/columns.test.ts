import { readFileSync } from 'node:fs'
import { importKinds, importShapes } from '@lotbook/domain'
import { describe, expect, it } from 'vitest'
import { exportKinds } from './export-rows.ts'

const page = readFileSync(new URL('../../../docs/import-export.md', import.meta.url), 'utf8')

describe('docs/import-export.md', () => {
  it('has the columns of every kind', () => {
    const rows = [...page.matchAll(/^\| `(\w+)` \| `(\w+)` \| (.+) \|$/gmu)].map(([, what, kind, columns = '']) => ({
      what,
      kind,
      columns: columns.replaceAll('`', '').split(', '),
    }))
    expect(rows.map(({ kind }) => kind)).toEqual(importKinds)
    expect(rows.map(({ what }) => what)).toEqual(exportKinds.filter((what) => what !== 'stock'))
    for (const { kind, columns } of rows)
      expect(columns, kind).toEqual(importShapes[kind as keyof typeof importShapes].keys)
  })
})
