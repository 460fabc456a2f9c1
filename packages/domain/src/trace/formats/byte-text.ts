// A piece of this size is written and sent in a fraction of a millisecond.
const pieceSize = 32_768
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
 * Makes a stamp of JSON: a number in the list stands for a gap of so many bytes.
 *
 * @example
 * stampOf('{"id":"', 28, '"}').gaps // [7]
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
  #at = 0
  #full: Uint8Array[] = []

  /** The bytes that are being written. They are others after each call that writes more. */
  get bytes(): Uint8Array {
    return this.#bytes
  }

  #room(length: number): void {
    if (this.#at + length <= this.#bytes.length) return
    this.#full.push(this.#bytes.subarray(0, this.#at))
    this.#bytes = new Uint8Array(Math.max(pieceSize, length))
    this.#at = 0
  }

  /** Writes a stamp and tells where it begins in `bytes`. */
  stamp({ bytes }: Stamp): number {
    this.#room(bytes.length)
    const from = this.#at
    if (bytes.length > shortCopy) this.#bytes.set(bytes, from)
    else for (let index = 0; index < bytes.length; index++) this.#bytes[from + index] = bytes[index] as number
    this.#at = from + bytes.length
    return from
  }

  text(text: string): void {
    // No character of a string takes more than three bytes.
    this.#room(text.length * 3)
    const from = this.#at
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index)
      if (code > 0x7f) {
        this.#at = from + encoder.encodeInto(text, this.#bytes.subarray(from)).written
        return
      }
      this.#bytes[from + index] = code
    }
    this.#at = from + text.length
  }

  /** The pieces that are full; at the end, with the last. */
  take(isEnd = false): readonly Uint8Array[] {
    const full = this.#full
    this.#full = []
    return isEnd ? [...full, this.#bytes.subarray(0, this.#at)] : full
  }
}
