const kept = new WeakMap<object, string>()

/** The JSON of a view that is kept as an answer. It is written once: {@link jsonOf} gives the same text. */
export const keptJsonOf = (view: unknown): string => {
  const text = JSON.stringify(view)
  if (typeof view === 'object' && view !== null) kept.set(view, text)
  return text
}

/** The JSON of a view. Views are never changed after they are made. */
export const jsonOf = (view: unknown): string =>
  (typeof view === 'object' && view !== null ? kept.get(view) : undefined) ?? JSON.stringify(view)

const encoder = new TextEncoder()
const head = encoder.encode('{"items":[')
const comma = 0x2c

/** The JSON of a view as UTF-8. */
export const jsonBytesOf = (view: unknown): Uint8Array => encoder.encode(jsonOf(view))

/** The JSON of a page as UTF-8, whose items are that already. */
export const pageBytesOf = (items: readonly Uint8Array[], next: string | null): Uint8Array => {
  const tail = encoder.encode(`],"next":${JSON.stringify(next)}}`)
  const commas = Math.max(0, items.length - 1)
  const length = items.reduce((sum, item) => sum + item.length, head.length + commas + tail.length)
  const bytes = new Uint8Array(length)
  bytes.set(head)
  let at = head.length
  items.forEach((item, place) => {
    if (place > 0) bytes[at++] = comma
    bytes.set(item, at)
    at += item.length
  })
  bytes.set(tail, at)
  return bytes
}
