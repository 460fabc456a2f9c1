import type { ImportInput } from '@lotbook/domain'

/** A row of a file, with the line on which it begins, counted from 1. */
export interface SourceRow {
  readonly line: number
  readonly input: ImportInput
  /** The row as it stands in the file, without its line break; null where it cannot be read or is too long. */
  readonly text: string | null
}

/** What a file of rows is written in. */
export const formats = ['ndjson', 'csv'] as const
/** See {@link formats}. */
export type Format = (typeof formats)[number]

/** The longest row that is read, in bytes. */
export const longestRow = 1024 * 1024

/** The file as a whole cannot be read: nothing of it was imported. */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile'
}
