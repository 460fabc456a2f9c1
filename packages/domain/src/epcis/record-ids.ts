import type { Ulid } from '../identifiers/ulid.ts'
import type { Sha256 } from '../ledger/chain.ts'
import { type Instant, readInstant } from '../time/instant.ts'
import type { JsonObject } from './document-faults.ts'
import { formerUlidOf, ulidOfName } from './event-id.ts'

/** Under which ids a record is looked for. */
export interface RecordIds {
  /** The id of the record, where it is written now. */
  readonly recordId: Ulid
  /** The ids that earlier versions would have given it. */
  readonly formerIds: readonly Ulid[]
}

/** The ids of the record that the n-th element of an event (from 0) is: of what tells the event from others, now and formerly. */
export const makeRecordIds =
  (event: JsonObject, key: string, formerKeys: readonly string[], sha256: Sha256) =>
  (index: number): RecordIds => {
    const at = readInstant(String(event['eventTime'])) as Instant
    return {
      recordId: ulidOfName(`${key}#${index}`, sha256),
      formerIds: formerKeys.map((former) => formerUlidOf(`${former}#${index}`, at, sha256)),
    }
  }
