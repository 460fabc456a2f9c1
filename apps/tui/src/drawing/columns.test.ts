import { describe, expect, it } from 'vitest'
import { type Column, headPieces, plainTable, rowPieces, sizeColumns } from './columns.ts'

interface Row {
  readonly name: string
  readonly amount: string
  readonly where: string
}
const columns: readonly Column<Row>[] = [
  { title: 'NAME', text: ({ name }) => name, least: 8, most: 20, leaves: 0 },
  { title: 'AMOUNT', text: ({ amount }) => amount, least: 6, most: 8, right: true, leaves: 0 },
  { title: 'WHERE', text: ({ where }) => where, least: 10, most: 30, leaves: 1 },
]
const row = { name: 'SALT-1', amount: '20 kg', where: 'Plant/Dock' }
const line = (pieces: readonly { readonly text: string }[]) => pieces.map(({ text }) => text).join('')

describe('columns', () => {
  it('grow from the least to the most, and leave by their number where there is no room', () => {
    expect(sizeColumns(columns, 80).map(({ width }) => width)).toEqual([20, 8, 30])
    expect(sizeColumns(columns, 30).map(({ width }) => width)).toEqual([9, 7, 10])
    expect(sizeColumns(columns, 27).map(({ title }) => title)).toEqual(['NAME', 'AMOUNT'])
    expect(sizeColumns(columns, 10).map(({ title }) => title)).toEqual(['NAME', 'AMOUNT'])
  })

  it('stand below their heads', () => {
    const sized = sizeColumns(columns, 30)
    expect([line(headPieces(sized)), line(rowPieces(sized, row))]).toEqual([
      'NAME        AMOUNT  WHERE     ',
      'SALT-1       20 kg  Plant/Dock',
    ])
  })

  it('as plain text are as wide as what is in them, and carry no control characters', () => {
    expect(plainTable(columns, [row, { ...row, name: 'S\u001b[2J' }])).toEqual([
      'NAME    AMOUNT  WHERE',
      'SALT-1   20 kg  Plant/Dock',
      'S·[2J    20 kg  Plant/Dock',
    ])
  })
})
