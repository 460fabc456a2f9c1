import { Effect } from 'effect'
import { describe, expect, it, onTestFinished } from 'vitest'
import { done, makePlant, newFile, open } from '../../test/plant.ts'

const stage = async () => {
  const file = newFile()
  const [one, other] = [await open({ filename: file }), await open({ filename: file })]
  const plant = await makePlant(one.store)
  const lot = await plant.lot('A')
  return { file, one, other, plant, lot }
}

/** Resolves once the condition holds, looked at whenever the store tells of a commit. */
const until = (watch: (listener: () => void) => () => void, holds: () => Promise<boolean>): Promise<void> =>
  new Promise((resolve, reject) => {
    const letGo = watch(() => {
      holds().then((held) => held && resolve(), reject)
    })
    onTestFinished(letGo)
  })

describe('a commit', () => {
  it('of another connection on the same file is told of', async () => {
    const { one, other, plant, lot } = await stage()
    const { count } = await done(other.store.checkpoint())
    const seen = until(other.store.watch, async () => (await done(other.store.checkpoint())).count > count)
    await plant.receive(lot, 5)
    await seen
    expect(await done(other.store.versionsAfter(count, 10))).toEqual(await done(one.store.versionsAfter(count, 10)))
  })

  it('is told of by who was let go of no more, and watching begins anew', async () => {
    const { other, plant, lot } = await stage()
    let told = 0
    other.store.watch(() => (told += 1))()
    const { count } = await done(other.store.checkpoint())
    const seen = until(other.store.watch, async () => (await done(other.store.checkpoint())).count > count)
    await plant.receive(lot, 5)
    await seen
    expect(told).toBe(0)
  })

  it('is known to the caller before it is told of', async () => {
    const { one, plant, lot } = await stage()
    const order: string[] = []
    onTestFinished(one.store.watch(() => order.push('told')))
    const change = plant.record('RECEIVE', lot, { quantity: 1, destinationLocationId: plant.dock })
    await done(Effect.tap(change, () => Effect.sync(() => order.push('known'))))
    expect(order).toEqual(['known', 'told'])
  })

  it('of a store that is closed is nobody’s', async () => {
    const { other } = await stage()
    await other.close()
    expect(other.store.watch(() => undefined)).toBeTypeOf('function')
  })
})
