/** Up to this many entries a map is simply copied. */
const small = 32

/**
 * A map that never changes: setting makes a new one that shares what was there. It keeps layers of changes, each at
 * least twice as large as the one above it, so that looking up and setting take about as many steps as the size has bits.
 * Entries come in the order in which their keys were first set.
 */
class LayeredMap<K, V> implements ReadonlyMap<K, V> {
  readonly size: number
  /** Oldest first; a newer layer holds over an older one. None ever changes. */
  readonly layers: readonly ReadonlyMap<K, V>[]

  constructor(layers: readonly ReadonlyMap<K, V>[], size: number) {
    this.layers = layers
    this.size = size
  }

  get(key: K): V | undefined {
    for (let i = this.layers.length - 1; i >= 0; i--) {
      const layer = this.layers[i] as ReadonlyMap<K, V>
      const value = layer.get(key)
      if (value !== undefined || layer.has(key)) return value
    }
    return undefined
  }

  has(key: K): boolean {
    return this.layers.some((layer) => layer.has(key))
  }

  /** The map with one more entry, or another value in one. */
  with(key: K, value: V): LayeredMap<K, V> {
    const layers = [...this.layers]
    let top = new Map([[key, value]])
    // The first layer is the map that it all began with, and stays as it is.
    while (layers.length > 1 && (layers.at(-1)?.size ?? 0) <= top.size) top = new Map([...(layers.pop() ?? []), ...top])
    layers.push(top)
    return new LayeredMap(layers, this.has(key) ? this.size : this.size + 1)
  }

  #flat(): Map<K, V> {
    const [first, ...later] = this.layers
    const all = new Map(first)
    for (const layer of later) for (const [key, value] of layer) all.set(key, value)
    return all
  }

  forEach(callback: (value: V, key: K, map: ReadonlyMap<K, V>) => void): void {
    for (const [key, value] of this.#flat()) callback(value, key, this)
  }

  entries(): MapIterator<[K, V]> {
    return this.#flat().entries()
  }

  keys(): MapIterator<K> {
    return this.#flat().keys()
  }

  values(): MapIterator<V> {
    return this.#flat().values()
  }

  [Symbol.iterator](): MapIterator<[K, V]> {
    return this.entries()
  }
}

/** The map with one more entry, or another value in one. The given map stays as it is. */
export const withEntry = <K, V>(map: ReadonlyMap<K, V>, key: K, value: V): ReadonlyMap<K, V> => {
  if (map instanceof LayeredMap) return map.with(key, value)
  if (map.size >= small) return new LayeredMap([map], map.size).with(key, value)
  // Entry by entry takes half the time of `new Map(map)`.
  const copy = new Map<K, V>()
  for (const [one, its] of map) copy.set(one, its)
  return copy.set(key, value)
}

/**
 * Makes what finds the values of maps by a word that each has. Maps that grew out of one another share what was looked
 * through of them, so that a value is found in few steps however large the map is.
 */
export const findingBy = <K, V>(wordOf: (value: V) => string) => {
  const known = new WeakMap<ReadonlyMap<K, V>, ReadonlyMap<string, readonly K[]>>()
  const wordsIn = (layer: ReadonlyMap<K, V>): ReadonlyMap<string, readonly K[]> => {
    const before = known.get(layer)
    if (before !== undefined) return before
    const words = new Map<string, K[]>()
    for (const [key, value] of layer) {
      const word = wordOf(value)
      const keys = words.get(word)
      if (keys === undefined) words.set(word, [key])
      else keys.push(key)
    }
    known.set(layer, words)
    return words
  }
  return (map: ReadonlyMap<K, V>, word: string): V | undefined => {
    // Whoever loads a map may still be filling it.
    if (!(map instanceof LayeredMap)) {
      for (const value of map.values()) if (wordOf(value) === word) return value
      return undefined
    }
    for (const layer of map.layers)
      for (const key of wordsIn(layer).get(word) ?? []) {
        const value = map.get(key) as V
        if (wordOf(value) === word) return value
      }
    return undefined
  }
}
