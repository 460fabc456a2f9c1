import { describe, expect, it } from 'vitest'
import { readKeys } from './read-keys.ts'

const names = (chunk: string) => readKeys(chunk).map(({ name }) => name)

describe('readKeys', () => {
  it('reads characters, of any plane', () => {
    expect(readKeys('jG🥛')).toEqual([
      { name: 'j', text: 'j' },
      { name: 'G', text: 'G' },
      { name: '🥛', text: '🥛' },
    ])
    expect(readKeys(' ')).toEqual([{ name: 'space', text: ' ' }])
  })

  it('reads the keys that type nothing, in the ways in which terminals send them', () => {
    expect(names('\u001b[A\u001bOB\u001b[5~\u001b[6~\u001b[H\u001b[4~\u001b[Z\u001b[3~')).toEqual([
      ...['up', 'down', 'pageup', 'pagedown', 'home', 'end', 'shift-tab', 'delete'],
    ])
    expect(names('\n\r\r\n\t\u007f\u0003\u0013\u001b')).toEqual([
      ...['enter', 'enter', 'enter', 'tab', 'backspace', 'ctrl-c', 'ctrl-s', 'escape'],
    ])
  })

  it('leaves out sequences that stand for no key of ours', () => {
    expect(names('a\u001b[200~b\u001b[1;5Cc')).toEqual(['a', 'b', 'c'])
  })
})
