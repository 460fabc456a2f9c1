/** Makes something once for each key, from the first thing that comes with the key. */
export const kept = <K, T, A>(make: (of: T) => A): ((key: K, of: T) => A) => {
  const known = new Map<K, A>()
  return (key, of) => {
    const found = known.get(key)
    if (found !== undefined) return found
    const made = make(of)
    known.set(key, made)
    return made
  }
}
