import { type Api, allOf } from './api/api.ts'
import { type Fetched, useFetched } from './details/use-fetched.ts'

/** The lots that lie at a location or below it, or lay there at a moment; null where no location is given. */
export const useLotsAt = (api: Api, location: string, asOf: string | null): Fetched<ReadonlySet<string> | null> => {
  const lying = useFetched(`${location} ${asOf}`, async () =>
    location === ''
      ? null
      : new Set((await allOf(api.stock, { location, asOf, subtree: true })).map(({ lotId }) => lotId)),
  )
  return location === '' ? { kind: 'ready', value: null } : lying
}
