import type { Value } from '../program.ts'

/** What has to be the same for a record to be shown as it was: of its row, besides the stamp of what it names. */
export interface RecordState {
  /** Another one for each version of the record. */
  readonly version: Value
  /** Set by the reversal, which gives the record no version. */
  readonly reversal: Value
}

interface RecordText extends RecordState {
  readonly text: Uint8Array
}

/** How many bytes of texts are kept: half of them in any case, those that were asked for last. */
export const mostBytes = 64 * 1024 * 1024

/** The texts of records, as they were made under one stamp of the ledger's head. */
class RecordTexts {
  readonly stamp: number
  readonly #most: number
  #late = new Map<number, RecordText>()
  #early = new Map<number, RecordText>()
  #bytes = 0

  constructor(stamp: number, most: number) {
    this.stamp = stamp
    this.#most = most
  }

  /** The text of the record with a key, if it was made of this state. */
  get(record: number, { version, reversal }: RecordState): Uint8Array | undefined {
    const late = this.#late.get(record)
    const found = late ?? this.#early.get(record)
    if (found?.version !== version || found.reversal !== reversal) return undefined
    if (late === undefined) this.#keep(record, found)
    return found.text
  }

  set(record: number, { version, reversal }: RecordState, text: Uint8Array): void {
    this.#keep(record, { version, reversal, text })
  }

  #keep(record: number, text: RecordText): void {
    const bytes = text.text.length
    if (this.#bytes + bytes > this.#most / 2) {
      this.#early = this.#late
      this.#late = new Map()
      this.#bytes = 0
    }
    this.#late.set(record, text)
    this.#bytes += bytes
  }
}

/** Gives the texts that hold under a stamp: whoever changes what records name gives the ledger another one. */
export const makeRecordTexts = (most: number = mostBytes): ((stamp: number) => RecordTexts) => {
  let texts = new RecordTexts(Number.NaN, most)
  return (stamp) => {
    if (texts.stamp !== stamp) texts = new RecordTexts(stamp, most)
    return texts
  }
}
