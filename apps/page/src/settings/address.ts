import type { TraceOptions } from '../api/api.ts'

/** What the address of the page says after `#`: which lot, and how it is traced. */
export interface Address {
  readonly lot: string
  readonly options: TraceOptions
}

const directions = ['ANCESTORS', 'DESCENDANTS', 'BOTH'] as const

/** What a trace is asked for with, unless something else is said. */
export const usualOptions: TraceOptions = { direction: 'BOTH', depth: null, asOf: '' }

/** Reads `#lot=…&direction=…&depth=…&asOf=…`; what makes no sense is left out. */
export const readAddress = (hash: string): Address => {
  const words = new URLSearchParams(hash.replace(/^#/u, ''))
  const direction = words.get('direction')?.toUpperCase()
  const asOf = words.get('asOf') ?? ''
  const depth = Number(words.get('depth') ?? '')
  return {
    lot: words.get('lot') ?? '',
    options: {
      direction: directions.find((one) => one === direction) ?? usualOptions.direction,
      depth: Number.isInteger(depth) && depth > 0 ? depth : null,
      asOf: Number.isNaN(Date.parse(asOf)) ? usualOptions.asOf : new Date(asOf).toISOString(),
    },
  }
}

/** Writes the same, with what is not usual. */
export const showAddress = ({ lot, options }: Address): string => {
  if (lot === '') return ''
  const words = new URLSearchParams({ lot })
  if (options.direction !== usualOptions.direction) words.set('direction', options.direction)
  if (options.depth !== null) words.set('depth', String(options.depth))
  if (options.asOf !== '') words.set('asOf', options.asOf)
  return `#${words}`
}
