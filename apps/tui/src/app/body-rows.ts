/** How many lines a view has for itself, below the title and above the line of messages and the key bar. */
export const bodyRows = (rows: number): number => Math.max(1, rows - 4)
