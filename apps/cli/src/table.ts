/** Lays out a table for people: columns as wide as they need to be, a dash where there is nothing. */
export const table = (head: readonly string[], rows: readonly (readonly (string | null)[])[]): readonly string[] => {
  const all = [head, ...rows.map((row) => row.map((cell) => cell ?? '-'))]
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)))
  return all.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}
