import { useEffect, useState } from 'react'
import type { Api } from '../api/api.ts'

// More lots than this are not asked for one by one.
const mostAsked = 100
const atOnce = 4

/** Of some lots, those of which something was scrapped, as far as it is known. */
export interface Scrapped {
  readonly lotIds: ReadonlySet<string>
  /** Not every lot was asked for yet. */
  readonly isAsking: boolean
}

const nothing: ReadonlySet<string> = new Set()

/** Asks which lots were scrapped: by their SCRAP records that were not taken back. */
export const useScrapped = (api: Api, lotIds: readonly string[]): Scrapped => {
  const asked = lotIds.slice(0, mostAsked).join(' ')
  const [told, setTold] = useState({ asked: '', lotIds: nothing, isAsking: false })
  useEffect(() => {
    const stop = new AbortController()
    const waiting = asked === '' ? [] : asked.split(' ')
    const found = new Set<string>()
    const tell = (isAsking: boolean): void => {
      if (!stop.signal.aborted) setTold({ asked, lotIds: new Set(found), isAsking })
    }
    const work = async (): Promise<void> => {
      for (let lot = waiting.shift(); lot !== undefined; lot = waiting.shift()) {
        const query = { primaryLot: lot, lotRecordType: 'SCRAP', status: 'COMPLETED', reversed: false, limit: 1 }
        const { items } = await api.records(query, stop.signal)
        if (items.length > 0) found.add(lot)
        tell(true)
      }
    }
    Promise.all(Array.from({ length: atOnce }, work)).then(
      () => tell(false),
      () => {
        // Where it cannot be told, the lots stay among those that were used up, scrapped or closed.
        waiting.splice(0)
        tell(false)
      },
    )
    return () => stop.abort()
  }, [api, asked])
  return told.asked === asked ? told : { lotIds: nothing, isAsking: true }
}
