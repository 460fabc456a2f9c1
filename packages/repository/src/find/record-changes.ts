import { type Kysely, sql } from 'kysely'
import { all, first, type Program } from '../program.ts'
import { statement } from '../statement.ts'
import type { Tables } from '../tables.ts'

/** Where the ledger ends at a moment. Its hash stands for all that was written up to it. */
export interface LedgerEnd {
  readonly count: number
  readonly hash: string
  /** The stamp of what records name. */
  readonly stamp: number
}

/** The keys of records, both included. */
export interface KeyRange {
  readonly from: number
  readonly to: number
}

/** A version, and the records whose rows it changed. */
interface Change {
  readonly hash: string
  readonly records: readonly number[]
}

interface ChangeRow extends LedgerEnd {
  readonly sequence: number | null
  readonly versionHash: string | null
  readonly record: number | null
  readonly reversed: number | null
}

// Whoever looks seldom begins anew: what was made before is made again.
const mostVersions = 1000
const noneKnown = Number.MAX_SAFE_INTEGER

/** The versions that were written last, as far as anybody has looked. */
export class RecordChanges {
  #end: LedgerEnd | undefined
  #first = 0
  #changes: Change[] = []

  /** The sequence from which to ask on: that of the last known version, which says whether it is still the same ledger. */
  get known(): number {
    return this.#end?.count ?? noneKnown
  }

  endAt({ count, hash, stamp }: LedgerEnd): boolean {
    return this.#end?.count === count && this.#end.hash === hash && this.#end.stamp === stamp
  }

  /** Takes what a statement found from a known sequence on; rows that were taken already may come again. */
  take(rows: readonly ChangeRow[]): void {
    const [row] = rows
    if (row === undefined) throw new Error('the ledger has lost its head')
    const { count, hash, stamp } = row
    this.#end = { count, hash, stamp }
    if (this.#goOn(rows) && this.#first + this.#changes.length - 1 === count && this.#changes.at(-1)?.hash === hash)
      return
    this.#first = count
    this.#changes = [{ hash, records: [] }]
  }

  /** Whether all of these versions follow those that are known. */
  #goOn(rows: readonly ChangeRow[]): boolean {
    if (this.#changes.length > 2 * mostVersions) {
      this.#changes.splice(0, mostVersions)
      this.#first += mostVersions
    }
    return rows.every(({ sequence, versionHash, record, reversed }) => {
      if (sequence === null || versionHash === null || record === null) return true
      const place = sequence - this.#first
      if (place !== this.#changes.length) return this.#changes[place]?.hash === versionHash
      this.#changes.push({ hash: versionHash, records: reversed === null ? [record] : [record, reversed] })
      return true
    })
  }

  /** Where the ledger ends now, if no record of a range was changed since it ended there. */
  endIfSame({ count, hash, stamp }: LedgerEnd, { from, to }: KeyRange): LedgerEnd | undefined {
    const place = count - this.#first
    if (this.#end?.stamp !== stamp || this.#changes[place]?.hash !== hash) return undefined
    for (let next = place + 1; next < this.#changes.length; next++)
      if (this.#changes[next]?.records.some((record) => record >= from && record <= to)) return undefined
    return this.#end
  }
}

/** Makes the program that looks for what was written since somebody last looked: one row where nothing was. */
export const makeLookForChanges = (db: Kysely<Tables>) => {
  const atEnd = statement(() => db.selectFrom('ledger_head').select(['count', 'head as hash', 'master_data as stamp']))
  const since = statement((p: { readonly known: number }) => {
    const versions = db
      .selectFrom('record_version')
      .innerJoin('lot_record', 'lot_record.id', 'record_version.record')
      .select([
        'record_version.sequence',
        'record_version.hash as versionHash',
        'record_version.record',
        // A reversal is noted on what it reverses, which gets no version by it.
        'lot_record.reversal_of as reversed',
      ])
      .where('record_version.sequence', '>=', p.known)
      .orderBy('record_version.sequence')
      .limit(sql.lit(mostVersions + 1))
    return db
      .selectFrom('ledger_head')
      .leftJoin(versions.as('versions'), (join) => join.onTrue())
      .select(['ledger_head.count', 'ledger_head.head as hash', 'ledger_head.master_data as stamp'])
      .select(['versions.sequence', 'versions.versionHash', 'versions.record', 'versions.reversed'])
      .orderBy('versions.sequence')
  })

  return function* look(changes: RecordChanges): Program<void> {
    const now = yield* first(atEnd({}))
    if (now === undefined || !changes.endAt(now)) changes.take(yield* all(since({ known: changes.known })))
  }
}
