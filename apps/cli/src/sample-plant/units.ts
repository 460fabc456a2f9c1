/** The units of the sample plant. */
export const units = [
  { symbol: 'kg', name: 'kilogram' },
  { symbol: 'l', name: 'litre' },
  { symbol: 'pcs', name: 'piece' },
] as const

/** The symbol of a unit of the sample plant. */
export type UnitSymbol = (typeof units)[number]['symbol']
