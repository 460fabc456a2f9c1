import { describe, expect, it } from 'vitest'
import { type Finding, standing } from './finding.ts'
import { machineLine, markdown, textTable } from './report.ts'

const finding = (name: string, middle: number, bar?: Finding['bar']): Finding => ({
  name,
  what: 'ours / theirs',
  engine: 'SQLite',
  ratio: { median: middle, least: middle - 0.5, greatest: middle + 0.5 },
  ...(bar !== undefined && { bar }),
  figures: '2 µs / 1 µs',
})
const atMost = { sense: 'at most', must: 2, goal: 1.4 } as const
const atLeast = { sense: 'at least', must: 1.6, goal: 2.2 } as const
const machine = { cores: 2, node: 'v20.0.0', sqlite: '3.53.2', sync: 0.25 }

describe('standing', () => {
  it.each([
    [finding('B9', 1.4, atMost), 'goal'],
    [finding('B9', 2, atMost), 'met'],
    [finding('B9', 2.01, atMost), 'not met'],
    [finding('B1', 2.2, atLeast), 'goal'],
    [finding('B1', 1.6, atLeast), 'met'],
    [finding('B1', 1.59, atLeast), 'not met'],
    [finding('B13', 30), 'no bar'],
  ])('%o is %s', (found, expected) => {
    expect(standing(found)).toBe(expected)
  })
})

describe('the report', () => {
  it('aligns its columns', () => {
    const [head, ...rows] = textTable([finding('B9', 1.5, atMost), finding('B12', 30)]).split('\n')
    for (const row of rows) expect(row.indexOf('ours')).toBe(head?.indexOf('What'))
    expect(rows[0]).toMatch(/1\.50 +1\.00–2\.00 +at most 2; goal 1\.4 +met/)
  })

  it('says in the document what it was measured on, and when', () => {
    const text = markdown([finding('B9', 2.5, atMost)], machine, '2026-11-23')
    expect(text).toContain('on 2026-11-23: 2 cores, Node v20.0.0, SQLite 3.53.2, disk sync 0.25 ms')
    expect(text).toContain(
      '| B9 | SQLite | ours / theirs | 2.50 | 2.00–3.00 | at most 2; goal 1.4 | NOT met | 2 µs / 1 µs |',
    )
  })

  it('says so where the disk does not sync', () => {
    expect(machineLine({ ...machine, sync: 0.01 })).toContain('the disk does not really sync')
  })
})
