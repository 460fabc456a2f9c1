import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore } from '@lotbook/repository'
import { Effect } from 'effect'
import { expect, it, onTestFinished } from 'vitest'
import { seedSamplePlant } from './sample-plant.ts'
import { writeSample } from './write-sample.ts'

const today = Date.parse('2026-11-23T00:00:00Z')
const run = Effect.runPromise

const openFile = async (filename: string, policy: 'standard' | 'strict' = 'standard') => {
  const open = await openStore({ filename, policy })
  onTestFinished(open.close)
  return open
}

const newFile = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'lotbook-sample-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return join(folder, 'plant.db')
}

it('is the same ledger as one that is written change by change, in a file of any policy', async () => {
  const direct = await openFile(':memory:', 'strict')
  await run(seedSamplePlant(direct.store, today))
  const open = await openFile(newFile(), 'strict')
  expect(await writeSample(open, today)).toBe(true)
  expect(await run(open.store.checkpoint())).toEqual(await run(direct.store.checkpoint()))
  expect(await run(open.store.policy())).toBe('strict')
  expect(await writeSample(open, today)).toBe(false)
  const memory = await openFile(':memory:', 'strict')
  expect(await writeSample(memory, today)).toBe(true)
  expect(await run(memory.store.checkpoint())).toEqual(await run(direct.store.checkpoint()))
})

it('is written once, where several processes begin it at the same time', async () => {
  const file = newFile()
  const [first, ...others] = [await openFile(file), await openFile(file), await openFile(file)]
  const written = await Promise.all([first, ...others].map((open) => writeSample(open, today)))
  expect(written.filter((isTrue) => isTrue)).toEqual([true])
  expect(await run(first.store.verify())).toMatchObject({ records: 300, lots: 40, mismatches: [] })
})
