import type { KeyPress } from '../input/read-keys.ts'
import type { Handler, KeyRow } from '../keys/key-row.ts'

/** Finds what a key does in a table and does it, or says why it is off. False where the table does not have the key. */
export const takeKey = (
  table: readonly KeyRow[],
  handlers: Readonly<Record<string, Handler>>,
  key: KeyPress,
  say: (text: string) => void,
): boolean => {
  const row = table.find(({ keys }) => keys.includes(key.name))
  const handler = row === undefined ? undefined : handlers[row.does]
  if (row === undefined || handler === undefined) return false
  if (typeof handler === 'function') handler(key)
  else say(`${row.label}: ${handler.disabledReason}`)
  return true
}
