import type { LotView, MaterialView } from '@lotbook/domain'
import { type Api, allOf } from '../api/api.ts'

const ulid = /^[0-9a-hjkmnp-tv-z]{10}-?[0-9a-hjkmnp-tv-z]{8}-?[0-9a-hjkmnp-tv-z]{8}$/iu
const most = 12
const mostMaterials = 3

const kept = new WeakMap<Api, Promise<readonly MaterialView[]>>()

/** Every material; asked for once. */
export const allMaterials = (api: Api): Promise<readonly MaterialView[]> => {
  const materials = kept.get(api) ?? allOf(api.materials, {})
  kept.set(api, materials)
  // What failed is asked for again.
  materials.catch(() => kept.delete(api))
  return materials
}

/** The lots that a text may mean: by id, by a part of the name (as typed, or in capitals), by the name or path of the material; newest first. */
export const findLots = async (api: Api, text: string, signal: AbortSignal): Promise<readonly LotView[]> => {
  const wanted = text.trim()
  if (wanted === '') return (await api.lots({ newestFirst: true, limit: most }, signal)).items
  if (ulid.test(wanted)) return [await api.lot(wanted, signal)]
  const lower = wanted.toLowerCase()
  const materials = (await allMaterials(api)).filter(({ path }) => path.toLowerCase().includes(lower))
  const pages = await Promise.all([
    // The API compares names as they are written, and most are written in capitals.
    ...[...new Set([wanted, wanted.toUpperCase()])].map((nameContains) =>
      api.lots({ nameContains, newestFirst: true, limit: most }, signal),
    ),
    ...materials
      .slice(0, mostMaterials)
      .map(({ id }) => api.lots({ material: id, newestFirst: true, limit: most }, signal)),
  ])
  const lots = new Map(pages.flatMap(({ items }) => items.map((lot) => [lot.id, lot] as const)))
  return [...lots.values()].slice(0, most)
}
