import { expect, it } from 'vitest'
import { allOf } from './api.ts'

const rows = (count: number) => (query: Readonly<Record<string, unknown>>) => {
  const from = Number(query['cursor'] ?? 0)
  const items = Array.from({ length: Math.min(200, count - from) }, (_, index) => from + index)
  return Promise.resolve({ items, next: from + 200 < count ? `${from + 200}` : null })
}

it('reads a list to its end, and takes no part of one that is too long for the whole', async () => {
  expect(await allOf(rows(450), {})).toEqual(Array.from({ length: 450 }, (_, index) => index))
  expect(await allOf(rows(400), {}, 400)).toHaveLength(400)
  await expect(allOf(rows(401), {}, 400)).rejects.toThrow('There are more than 400 rows')
})
