/** How many lines a view has for itself, below the title and above the line of messages and the key bar. */
export const bodyRows = (rows: number): number => Math.max(1, rows - 4)

/** A screen with fewer columns is narrow: dates are shorter there. */
export const narrow = 60
