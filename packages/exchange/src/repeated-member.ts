const [quote, backslash, colon] = [0x22, 0x5c, 0x3a]
const [openList, closeList, openObject, closeObject] = [0x5b, 0x5d, 0x7b, 0x7d]

/** Where the string that begins here ends: at the first quote with an even number of backslashes before it. */
const endOfString = (text: string, start: number): number => {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let before = end
    while (text.charCodeAt(before - 1) === backslash) before -= 1
    if ((end - before) % 2 === 0) return end
  }
  return text.length
}

/** How many members a JSON text names: each has one colon outside strings. */
const namedIn = (text: string): number => {
  let count = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === colon) count += 1
    else if (code === quote) at = endOfString(text, at)
  }
  return count
}

/** How many members its objects have, at all levels. */
const heldBy = (json: unknown): number => {
  let count = 0
  const open = [json]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next !== 'object' || next === null) continue
    const values: readonly unknown[] = Array.isArray(next) ? next : Object.values(next)
    if (!Array.isArray(next)) count += values.length
    for (const value of values) if (typeof value === 'object' && value !== null) open.push(value)
  }
  return count
}

const firstRepeated = (text: string): string | undefined => {
  const open: Set<string>[] = []
  let last = ''
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === openList || code === openObject) open.push(new Set())
    else if (code === closeList || code === closeObject) open.pop()
    else if (code === quote) {
      const end = endOfString(text, at)
      last = text.slice(at, end + 1)
      at = end
    } else if (code === colon) {
      const name = JSON.parse(last) as string
      if (open.at(-1)?.has(name) === true) return name
      open.at(-1)?.add(name)
    }
  }
  return undefined
}

const nameable = /^[\w.$@-]{1,64}$/u

/**
 * Why a JSON text does not say one thing: an object in it has two members of one name, of which parsing keeps the last
 * in silence. RFC 8259 (section 4) leaves open what becomes of them, and RFC 7493 (section 2.3) forbids them. `json` is
 * what the text was parsed to: where it has as many members as the text names, none was lost.
 */
export const whyAmbiguous = (text: string, json: unknown): string | undefined => {
  if (namedIn(text) === heldBy(json)) return undefined
  const name = firstRepeated(text) ?? ''
  return `must have each member once: an object has ${nameable.test(name) ? `“${name}”` : 'one'} twice`
}
