import { expect, it } from 'vitest'
import { dropUnread } from './drop-unread.ts'

it('drops lines while megabytes of the log are not read, and then says how many', () => {
  const log = { writableLength: 4 * 1024 * 1024, written: '', write: (text: string) => (log.written += text) }
  const write = dropUnread(log, () => 0)
  write('a\n')
  log.writableLength += 1
  write('b\n')
  write('c\nd\n')
  expect(log.written).toBe('a\n')
  log.writableLength = 0
  write('e\n')
  write('f\n')
  const told = '{"time":"1970-01-01T00:00:00.000Z","level":"warn","message":"log lines dropped","lines":3}\n'
  expect(log.written).toBe(`a\n${told}e\nf\n`)
})
