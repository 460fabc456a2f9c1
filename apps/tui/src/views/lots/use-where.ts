import type { LotView } from '@lotbook/domain'
import { Result } from 'effect'
import { useEffect, useState } from 'react'
import { useApp } from '../../app/app-context.ts'

const none: ReadonlyMap<string, string> = new Map()

/** Where the lots on the screen lie: read for them alone, and again when something was written. */
export const useWhere = (lots: readonly (LotView | undefined)[]): ((lot: LotView) => string) => {
  const { inventory, caller, run, tick } = useApp()
  const [places, setPlaces] = useState(none)
  const stocked = lots.flatMap((lot) => (lot?.id != null && lot.onHand !== 0 ? [lot.id] : []))
  const question = stocked.join(' ')
  useEffect(() => {
    let isOld = false
    const read = async () => {
      const found = await Promise.all(
        question.split(' ').map(async (id) => {
          const answer = id === '' ? undefined : await run(inventory.findInventory({ lot: id, limit: 2 }, caller))
          const [row, other] = answer === undefined || Result.isFailure(answer) ? [] : answer.success.items
          return [
            id,
            row === undefined ? '' : other === undefined ? row.locationPath : `${row.locationPath} …`,
          ] as const
        }),
      )
      if (!isOld) setPlaces(new Map(found))
    }
    void read()
    return () => {
      isOld = true
    }
  }, [question, tick, inventory, caller, run])
  return ({ id }) => (id === null ? '' : (places.get(id) ?? ''))
}
