/** An amount with its unit: `20 kg`. */
export const amount = (quantity: number | null, symbol: string): string =>
  quantity === null ? '' : `${quantity} ${symbol}`

/** The day of a moment, in UTC: `2026-11-23`. */
export const day = (moment: string | null): string => moment?.slice(0, 10) ?? ''

/** A moment to the minute, in UTC: `2026-11-23 08:00`. */
export const minute = (moment: string | null): string => moment?.slice(0, 16).replace('T', ' ') ?? ''
