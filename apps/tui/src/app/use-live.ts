import type { Caller, Inventory } from '@lotbook/domain'
import { Result } from 'effect'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Run } from '../lists/page-source.ts'

/** How often the end of the ledger is looked at. What others write shows within a second. */
const lookEvery = 500

/** Follows the ledger: `tick` grows when somebody has written, `trouble` says why it cannot be read now. */
export const useLive = (inventory: Inventory, caller: Caller, run: Run) => {
  const [tick, setTick] = useState(0)
  const [trouble, setTrouble] = useState<string | undefined>(undefined)
  const last = useRef<string | undefined>(undefined)
  const away = useRef(false)

  const look = useCallback(async () => {
    const answer = await run(inventory.getCheckpoint(caller))
    if (Result.isFailure(answer)) {
      away.current = true
      setTrouble(answer.failure.message)
      return
    }
    setTrouble(undefined)
    const { head, lastChange } = answer.success
    const end = `${head} ${lastChange}`
    const isNew = last.current !== undefined && last.current !== end
    last.current = end
    if (isNew || away.current) setTick((now) => now + 1)
    away.current = false
  }, [inventory, caller, run])

  useEffect(() => {
    let timer: NodeJS.Timeout | undefined
    let stopped = false
    const again = () => {
      void look().finally(() => {
        if (!stopped) timer = setTimeout(again, lookEvery)
      })
    }
    again()
    return () => {
      stopped = true
      clearTimeout(timer)
    }
  }, [look])

  return { tick, trouble, look }
}
