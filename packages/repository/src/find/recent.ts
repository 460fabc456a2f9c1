/** Keeps what was asked for last: so many bytes at most, and half of them in any case. */
export class Recent<K, V> {
  readonly #most: number
  readonly #bytesOf: (value: V) => number
  #late = new Map<K, V>()
  #early = new Map<K, V>()
  #bytes = 0

  constructor(most: number, bytesOf: (value: V) => number) {
    this.#most = most
    this.#bytesOf = bytesOf
  }

  /** What is kept under a key, whether or not anybody has use for it. */
  find(key: K): V | undefined {
    return this.#late.get(key) ?? this.#early.get(key)
  }

  /** Keeps a value, or goes on keeping one that somebody had use for. */
  keep(key: K, value: V): void {
    const before = this.#late.get(key)
    if (before === value) return
    if (before !== undefined) this.#bytes -= this.#bytesOf(before)
    const bytes = this.#bytesOf(value)
    if (this.#bytes + bytes > this.#most / 2) {
      this.#early = this.#late
      this.#late = new Map()
      this.#bytes = 0
    }
    this.#late.set(key, value)
    this.#bytes += bytes
  }
}
