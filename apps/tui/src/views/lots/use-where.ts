import type { LotView } from '@lotbook/domain'
import { Result } from 'effect'
import { useEffect, useRef, useState } from 'react'
import { useApp } from '../../app/app-context.ts'

// More lots than any screen has rows; beyond that what was read is forgotten.
const mostKept = 500

/** Where the lots on the screen lie: read once for each lot that comes into sight, and again when something was written. */
export const useWhere = (lots: readonly (LotView | undefined)[]): ((lot: LotView) => string) => {
  const { inventory, caller, run, tick } = useApp()
  const known = useRef({ tick, places: new Map<string, string>() })
  const [, setVersion] = useState(0)
  const inSight = lots.flatMap((lot) => (lot?.id != null && lot.onHand !== 0 ? [lot.id] : [])).join(' ')
  useEffect(() => {
    const isOld = known.current.tick !== tick || known.current.places.size > mostKept
    const old = known.current.places
    if (isOld) known.current = { tick, places: new Map() }
    const { places } = known.current
    const missing = inSight.split(' ').filter((id) => id !== '' && !places.has(id))
    // Until it is read again, the place of before stands.
    for (const id of missing) places.set(id, old.get(id) ?? '')
    const read = async (id: string): Promise<void> => {
      const answer = await run(inventory.findInventory({ lot: id, limit: 2 }, caller))
      const [row, other] = Result.isFailure(answer) ? [] : answer.success.items
      places.set(id, row === undefined ? '' : other === undefined ? row.locationPath : `${row.locationPath} …`)
    }
    if (missing.length > 0) void Promise.all(missing.map(read)).then(() => setVersion((now) => now + 1))
  }, [inSight, tick, inventory, caller, run])
  return ({ id }) => (id === null ? '' : (known.current.places.get(id) ?? ''))
}
