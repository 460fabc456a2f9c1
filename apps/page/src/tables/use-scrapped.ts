import { useEffect, useState } from 'react'
import type { Api } from '../api/api.ts'

// More lots than this are not asked for one by one.
const mostAsked = 100
const atOnce = 4

/** Of some lots, those of which something was scrapped: their SCRAP records that were not taken back. */
export const useScrapped = (api: Api, lotIds: readonly string[]): ReadonlySet<string> => {
  const [scrapped, setScrapped] = useState<ReadonlySet<string>>(new Set())
  const asked = lotIds.slice(0, mostAsked).join(' ')
  useEffect(() => {
    const stop = new AbortController()
    const waiting = asked === '' ? [] : asked.split(' ')
    const work = async (): Promise<void> => {
      for (let lot = waiting.shift(); lot !== undefined; lot = waiting.shift()) {
        const query = { primaryLot: lot, lotRecordType: 'SCRAP', status: 'COMPLETED', reversed: false, limit: 1 }
        const { items } = await api.records(query, stop.signal)
        const found = lot
        if (items.length > 0) setScrapped((before) => new Set([...before, found]))
      }
    }
    // Where it cannot be told, the lots stay among those that were used up, scrapped or closed.
    Promise.all(Array.from({ length: atOnce }, work)).catch(() => waiting.splice(0))
    return () => stop.abort()
  }, [api, asked])
  return scrapped
}
