import { expect, it } from 'vitest'
import { lotbook } from './program.ts'

it('prints its version', async () => {
  expect(await lotbook(['--version'])).toEqual({ code: 0, stdout: '0.1.0\n', stderr: '' })
})

it('ends with the code that the command says, and writes words on stderr', async () => {
  expect(await lotbook(['serve'], { PORT: 'x' })).toEqual({
    code: 2,
    stdout: '',
    stderr: 'lotbook: PORT must be a whole number from 0 to 65535, not “x”\n',
  })
})
