import type { Checkpoint } from '@lotbook/domain'

/** A checkpoint as one word: `COUNT:HASH`. */
export const showCheckpoint = ({ count, head }: Checkpoint): string => `${count}:${head}`

/** Reads a checkpoint as `lotbook checkpoint` prints it, as one word or as JSON. */
export const readCheckpoint = (text: string): Checkpoint | undefined => {
  const parts = /^\s*(?:\{"count":)?(\d{1,15})(?::|,"head":")([0-9a-f]{64})(?:"\})?\s*$/u.exec(text)
  return parts === null ? undefined : { count: Number(parts[1]), head: parts[2] as string }
}
