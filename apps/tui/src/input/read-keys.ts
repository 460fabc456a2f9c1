/** One key: its name, and what it types where it types something. */
export interface KeyPress {
  /** `j`, `G`, `enter`, `escape`, `up`, `ctrl-c`, …; `text` for characters that came at once, `scan` for a code. */
  readonly name: string
  /** Undefined for keys that type nothing. */
  readonly text?: string
  /** Of Enter and Tab: after how many keys it came at once, as it does where it ends a code. Undefined for none. */
  readonly after?: number
}

const sequences: Readonly<Record<string, string>> = {
  '[A': 'up',
  '[B': 'down',
  '[C': 'right',
  '[D': 'left',
  OA: 'up',
  OB: 'down',
  OC: 'right',
  OD: 'left',
  '[H': 'home',
  '[F': 'end',
  OH: 'home',
  OF: 'end',
  '[1~': 'home',
  '[4~': 'end',
  '[7~': 'home',
  '[8~': 'end',
  '[3~': 'delete',
  '[5~': 'pageup',
  '[6~': 'pagedown',
  '[Z': 'shift-tab',
}

const controls: Readonly<Record<string, string>> = {
  '\r': 'enter',
  '\n': 'enter',
  '\t': 'tab',
  '\u007f': 'backspace',
  '\b': 'backspace',
  '\u001b': 'escape',
}

// A sequence that begins with escape: CSI with parameters, SS3, or escape with one more character.
const escaped = /^\u001b(\[[0-?]*[ -/]*[@-~]|O[A-Z])/u

const nameOf = (character: string): string => {
  const control = controls[character]
  if (control !== undefined) return control
  const code = character.codePointAt(0) ?? 0
  return code < 32 ? `ctrl-${String.fromCharCode(code + 96)}` : character
}

/** Reads what the terminal sent as keys. Sequences that stand for no key of ours are left out. */
export const readKeys = (chunk: string): readonly KeyPress[] => {
  const keys: KeyPress[] = []
  let rest = chunk
  while (rest !== '') {
    const sequence = escaped.exec(rest)
    if (sequence !== null) {
      const name = sequences[sequence[1] ?? '']
      if (name !== undefined) keys.push({ name })
      rest = rest.slice(sequence[0].length)
      continue
    }
    // Some scanners end a code with both: that is one Enter.
    if (rest.startsWith('\r\n')) rest = rest.slice(1)
    const character = String.fromCodePoint(rest.codePointAt(0) ?? 0)
    const name = nameOf(character)
    keys.push(name === character ? { name: character === ' ' ? 'space' : name, text: character } : { name })
    rest = rest.slice(character.length)
  }
  return keys
}
