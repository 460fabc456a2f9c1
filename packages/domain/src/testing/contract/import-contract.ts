import { Effect } from 'effect'
import { describe, expect, it } from 'vitest'
import type { ImportKey } from '../../store.ts'
import type { Plant } from '../fixtures.ts'
import type { MakeStore } from './store-contract.ts'
import { withPlant } from './with-plant.ts'

const key: ImportKey = { scope: 'ada', key: 'k1', fingerprint: 'f1', expires: null }

const begin = (plant: Plant, more: Partial<ImportKey> = {}) =>
  plant.store.beginImport({ ...key, ...more }, plant.clock.now())

const unit = (symbol: string) => ({ fields: { kind: 'unit', symbol, name: `unit ${symbol}` } })

/** Where an import is, is kept with what its rows did. */
export const importContract = (makeStore: MakeStore): void => {
  describe('an import', () => {
    it('does each row once and in its order, and is found where it stopped', async () => {
      const plant = await withPlant(makeStore)
      const { id: run, line } = await plant.done(begin(plant))
      expect(line).toBe(0)
      const row = (symbol: string, at: number, after: number) =>
        plant.importer.importRow(unit(symbol), { run, line: at, after }, plant.ada)
      expect(await plant.done(row('a', 2, 0))).toEqual({ outcome: 'saved' })
      const before = await plant.dump()
      expect(await plant.done(row('b', 2, 0))).toBeNull()
      expect(await plant.done(row('b', 1, 0))).toBeNull()
      expect(await plant.refused(row('b', 5, 4))).toMatchObject({ _tag: 'StorageUnavailable' })
      expect(await plant.dump()).toEqual(before)
      expect(await plant.done(row('a', 3, 2))).toEqual({ outcome: 'alreadyThere' })
      expect(await plant.result(row('kg', 4, 3))).toMatchObject({ failure: { _tag: 'ValidationFailed' } })
      const counts = { rows: 3, saved: 1, alreadyThere: 1, refused: 1 }
      expect(await plant.done(begin(plant))).toEqual({ id: run, line: 4, finished: false, ...counts })
      const report = await plant.done(plant.store.reportImport(run, true))
      expect(report).toMatchObject({ finished: true, ...counts, errors: [{ line: 4 }] })
      expect(await plant.done(begin(plant))).toMatchObject({ finished: true })
    })

    it('sent in one go comes to the same', async () => {
      const plant = await withPlant(makeStore)
      const { id: run } = await plant.done(begin(plant))
      const symbols = ['a', 'kg', 'b', 'a', 'c']
      const place = (index: number) => ({ run, line: index + 1, after: index })
      const both = [...symbols.entries(), ...symbols.entries()]
      await Promise.all(
        both.map(([index, symbol]) =>
          Effect.runPromiseExit(plant.importer.importRow(unit(symbol), place(index), plant.ada)),
        ),
      )
      expect(await plant.done(begin(plant))).toMatchObject({ line: 5, rows: 5, saved: 3, alreadyThere: 1, refused: 1 })
    })

    it('is another one under another key, and refuses another file under its own', async () => {
      const plant = await withPlant(makeStore)
      const { id } = await plant.done(begin(plant))
      expect((await plant.done(begin(plant, { scope: 'eve' }))).id).not.toBe(id)
      expect(await plant.refused(begin(plant, { fingerprint: 'f2' }))).toMatchObject({ _tag: 'IdempotencyKeyReused' })
    })

    it('lists a hundred refused rows and counts them all', async () => {
      const plant = await withPlant(makeStore)
      const { id: run } = await plant.done(begin(plant))
      for (let line = 1; line <= 102; line++)
        await plant.result(plant.importer.importRow({ problem: 'no' }, { run, line, after: line - 1 }, plant.ada))
      const { refused, errors } = await plant.done(plant.store.reportImport(run, true))
      expect([refused, errors.length, errors.at(-1)]).toEqual([102, 100, { line: 100, errors: { '(root)': ['no'] } }])
    })
  })
}
