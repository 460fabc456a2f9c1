import type { ImportRequest } from '../import/kinds.ts'
import type { LotName } from './identifiers.ts'
import type { ToldExpiration } from './ilmd.ts'
import type { LotFacts } from './read-names.ts'
import type { RecordIds } from './record-ids.ts'

/** A row as an import takes it. */
export type RecordRow = ImportRequest<'lotRecord'>

/** A lot that a step needs: where it is named, and whether it is made where it is not there. */
export interface NamedLot {
  readonly name: LotName
  readonly pointer: string
  readonly facts: LotFacts | undefined
  readonly expiration: ToldExpiration | undefined
  readonly mayBeMade: boolean
}

/** One record that a document asks for: the row that an import would read, and where in the document its fields stand. */
export interface Step extends RecordIds {
  /** Of the event. */
  readonly pointer: string
  readonly row: RecordRow
  /** By the name of the row's field. */
  readonly pointers: Readonly<Partial<Record<keyof RecordRow, string>>>
  readonly lots: readonly NamedLot[]
  /** The code of the unit of the quantity; null where it is not told, or where the row names the unit. */
  readonly unitCode: string | null
  /** The quantity that a MERGE of everything comes to. */
  readonly everything: number | null
}

/** A row with nothing in it. */
export const blankRow = (keys: readonly string[]): RecordRow =>
  Object.fromEntries(keys.map((key) => [key, null])) as unknown as RecordRow
