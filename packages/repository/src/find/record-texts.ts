import { Recent } from './recent.ts'

/** What has to be the same for a record to be shown as it was: of its row, besides the stamp of what it names. */
export interface RecordState {
  /** Another one for each version of the record. */
  readonly version: string
  /** Set by the reversal, which gives the record no version; empty where there is none. */
  readonly reversal: string
}

interface RecordText extends RecordState {
  readonly text: Uint8Array
}

/** How many bytes of texts are kept: half of them in any case, those that were asked for last. */
export const mostBytes = 64 * 1024 * 1024

/** The texts of records, as they were made under one stamp of the ledger's head. */
class RecordTexts {
  readonly stamp: number
  readonly #kept: Recent<number, RecordText>

  constructor(stamp: number, most: number) {
    this.stamp = stamp
    this.#kept = new Recent(most, ({ text }) => text.length)
  }

  /** The text of the record with a key, if it was made of this state. */
  get(record: number, { version, reversal }: RecordState): Uint8Array | undefined {
    const found = this.#kept.find(record)
    if (found?.version !== version || found.reversal !== reversal) return undefined
    this.#kept.keep(record, found)
    return found.text
  }

  set(record: number, { version, reversal }: RecordState, text: Uint8Array): void {
    this.#kept.keep(record, { version, reversal, text })
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
