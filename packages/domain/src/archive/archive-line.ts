import { canonicalContent, readContent } from '../ledger/chain.ts'
import type { InventoryRow, Lot } from '../lot/lot.ts'
import type { RecordVersion } from '../lot-record/lot-record.ts'
import type { Location, Material, ReasonCode, Unit, UnitConversion } from '../master-data/master-data.ts'
import { type ArchivedChange, type ArchiveHead, archiveCodecs, archiveHead } from './codecs.ts'
import type { ReadLine } from './line.ts'

/** One line of an archive: everything that a ledger holds, in the order in which one refers to the other. */
export type ArchiveLine =
  | ({ readonly kind: 'lotbook' } & { readonly item: ArchiveHead })
  | { readonly kind: 'unit'; readonly item: Unit }
  | { readonly kind: 'material'; readonly item: Material }
  | { readonly kind: 'unitConversion'; readonly item: UnitConversion }
  | { readonly kind: 'location'; readonly item: Location }
  | { readonly kind: 'reasonCode'; readonly item: ReasonCode }
  | { readonly kind: 'lot'; readonly item: { readonly lot: Lot; readonly rows: readonly InventoryRow[] } }
  | { readonly kind: 'version'; readonly item: ArchivedVersion }
  | { readonly kind: 'change'; readonly item: ArchivedChange }
  | { readonly kind: 'end'; readonly item: { readonly lines: number; readonly sha256: string } }

/** A version with its place in the chain. */
export interface ArchivedVersion {
  readonly sequence: number
  readonly hash: string
  readonly version: RecordVersion
}

/**
 * What stands in the line of a version before its sequence, before its hash (as JSON), before its canonical content, which
 * is written as it stands in the chain, and behind that: for a database that writes such lines itself.
 */
export const versionLineParts = ['{"kind":"version","sequence":', ',"hash":', ',"content":', '}'] as const

const showVersionLine = (sequence: number, hash: string, content: string): string => {
  const [start, beforeHash, beforeContent, end] = versionLineParts
  return start + sequence + beforeHash + JSON.stringify(hash) + beforeContent + content + end
}

/** Writes a line of an archive, without its line break. */
export const showArchiveLine = (line: ArchiveLine): string => {
  switch (line.kind) {
    case 'lotbook':
      return JSON.stringify({ kind: line.kind, ...archiveHead.show(line.item) })
    case 'lot': {
      const { lot, rows } = line.item
      const inventory = rows.map(archiveCodecs.inventory.show)
      return JSON.stringify({ kind: line.kind, ...archiveCodecs.lot.show(lot), inventory })
    }
    case 'version': {
      const { sequence, hash, version } = line.item
      return showVersionLine(sequence, hash, canonicalContent(version))
    }
    case 'end':
      return JSON.stringify({ kind: line.kind, ...line.item })
    default:
      return JSON.stringify({ kind: line.kind, ...archiveCodecs[line.kind].show(line.item as never) })
  }
}

type Given = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Given =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const readLot = ({ inventory, ...fields }: Given): ReadLine<ArchiveLine> => {
  const lot = archiveCodecs.lot.read(fields)
  if ('wrong' in lot) return lot
  const rows: InventoryRow[] = []
  for (const given of Array.isArray(inventory) ? inventory : []) {
    const row = archiveCodecs.inventory.read(given)
    if ('wrong' in row) return row
    rows.push(row.value)
  }
  return { value: { kind: 'lot', item: { lot: lot.value, rows } } }
}

const readVersion = ({ sequence, hash, content }: Given): ReadLine<ArchiveLine> => {
  try {
    const version = readContent(JSON.stringify(content))
    return { value: { kind: 'version', item: { sequence: Number(sequence), hash: String(hash), version } } }
  } catch (cause) {
    if (cause instanceof SyntaxError || cause instanceof TypeError) return { wrong: 'content is not that of a version' }
    throw cause
  }
}

const readByKind = ({ kind, ...fields }: Given): ReadLine<ArchiveLine> => {
  switch (kind) {
    case 'lotbook': {
      const head = archiveHead.read(fields)
      if ('wrong' in head) return head
      if (head.value.format !== 1) return { wrong: 'the archive is of a later form than this Lotbook knows' }
      return { value: { kind, item: { ...head.value, format: 1 } } }
    }
    case 'lot':
      return readLot(fields)
    case 'version':
      return readVersion(fields)
    case 'end':
      return { value: { kind, item: { lines: Number(fields['lines']), sha256: String(fields['sha256']) } } }
    case 'unit':
    case 'material':
    case 'unitConversion':
    case 'location':
    case 'reasonCode':
    case 'change': {
      const read = archiveCodecs[kind].read(fields)
      return 'wrong' in read ? read : { value: { kind, item: read.value } as ArchiveLine }
    }
    default:
      return { wrong: 'kind is none that an archive has' }
  }
}

/** Whether a file with this first line is a full export, of whatever format: such a one is restored, not imported by rows. */
export const isArchiveHead = (text: string): boolean => /^\{"kind":"lotbook"[,}]/u.test(text)

/** Reads a line of an archive. It must be, character by character, what an export writes. */
export const readArchiveLine = (text: string): ReadLine<ArchiveLine> => {
  let given: unknown
  try {
    given = JSON.parse(text)
  } catch (cause) {
    if (cause instanceof SyntaxError) return { wrong: 'it is not JSON' }
    throw cause
  }
  const read = isObject(given) ? readByKind(given) : { wrong: 'it is not a JSON object' }
  if ('wrong' in read) return read
  if (showArchiveLine(read.value) === text) return read
  return {
    wrong: text.endsWith('\r')
      ? 'it ends with CR LF, and the lines of an export with LF only: take the file as it was written'
      : 'it is not written as an export writes it',
  }
}
