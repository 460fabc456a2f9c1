const kept = new WeakMap<object, string>()

/** The JSON of a view that is kept as an answer. It is written once: {@link jsonOf} gives the same text. */
export const keptJsonOf = (view: unknown): string => {
  const text = JSON.stringify(view)
  if (typeof view === 'object' && view !== null) kept.set(view, text)
  return text
}

/** The JSON of a view. Views are never changed after they are made. */
export const jsonOf = (view: unknown): string =>
  (typeof view === 'object' && view !== null ? kept.get(view) : undefined) ?? JSON.stringify(view)
