import { inRange, longestQuantity, type Quantity, showQuantity, writeQuantity } from '../../quantity/quantity.ts'

// A piece of this size is written and sent in a fraction of a millisecond.
const pieceSize = 65_536
// Up to here a loop is faster than a call.
const shortCopy = 24

const encoder = new TextEncoder()

/** Bytes that are written again and again, with gaps that are filled in afterwards. */
export interface Stamp {
  readonly bytes: Uint8Array
  /** Where the gaps begin. */
  readonly gaps: readonly number[]
}

/**
 * Makes a stamp of JSON: a number in the list stands for a gap of so many bytes. `stampOf('{"id":"', 28, '"}')` has one,
 * which begins at 7.
 */
export const stampOf = (...parts: readonly (string | number)[]): Stamp => {
  const gaps: number[] = []
  let text = ''
  for (const part of parts) {
    if (typeof part === 'number') gaps.push(encoder.encode(text).length)
    text += typeof part === 'number' ? ' '.repeat(part) : part
  }
  return { bytes: encoder.encode(text), gaps }
}

/**
 * Text that is written as bytes at once, piece by piece. A hundred thousand objects as strings cost three times as much:
 * each is put together, flattened and encoded.
 */
export class ByteText {
  #bytes = new Uint8Array(pieceSize)
  #view = new DataView(this.#bytes.buffer)
  #at = 0
  #full: Uint8Array[] = []

  /** The bytes that are being written: others, once a piece is full. */
  get bytes(): Uint8Array {
    return this.#bytes
  }

  /** The same bytes, for whole words. */
  get view(): DataView {
    return this.#view
  }

  /** Whether there are pieces to be taken. */
  get hasFull(): boolean {
    return this.#full.length > 0
  }

  #makeRoom(length: number): void {
    this.#full.push(this.#bytes.subarray(0, this.#at))
    this.#bytes = new Uint8Array(Math.max(pieceSize, length))
    this.#view = new DataView(this.#bytes.buffer)
    this.#at = 0
  }

  /** Writes a stamp and tells where it begins in `bytes`. */
  stamp({ bytes }: Stamp): number {
    const { length } = bytes
    if (this.#at + length > this.#bytes.length) this.#makeRoom(length)
    const from = this.#at
    const to = this.#bytes
    if (length > shortCopy) to.set(bytes, from)
    else for (let index = 0; index < length; index++) to[from + index] = bytes[index] as number
    this.#at = from + length
    return from
  }

  text(text: string): void {
    // No character of a string takes more than three bytes.
    const { length } = text
    if (this.#at + length * 3 > this.#bytes.length) this.#makeRoom(length * 3)
    const from = this.#at
    const to = this.#bytes
    for (let index = 0; index < length; index++) {
      const code = text.charCodeAt(index)
      if (code > 0x7f) {
        this.#at = from + encoder.encodeInto(text, to.subarray(from)).written
        return
      }
      to[from + index] = code
    }
    this.#at = from + length
  }

  /** Writes a quantity as a JSON number. A sum of many may be out of range. */
  quantity(quantity: Quantity): void {
    if (!inRange(quantity)) {
      this.text(String(showQuantity(quantity)))
      return
    }
    if (this.#at + longestQuantity > this.#bytes.length) this.#makeRoom(longestQuantity)
    this.#at = writeQuantity(this.#bytes, this.#at, quantity)
  }

  /** The pieces that are full. */
  take(): readonly Uint8Array[] {
    const full = this.#full
    this.#full = []
    return full
  }

  /** All that was not taken yet. */
  end(): readonly Uint8Array[] {
    return [...this.take(), this.#bytes.subarray(0, this.#at)]
  }
}
