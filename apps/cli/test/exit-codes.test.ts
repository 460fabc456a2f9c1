import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { lotbook, makeFolder, program } from './program.ts'

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

it('ends without words where nobody reads what it prints any more, and with 6 where the disk is full', async () => {
  const folder = makeFolder()
  const db = folder.file('plant.db')
  await lotbook(['seed', '--db', db])
  for (const command of ['records --json --limit 200', 'export']) {
    const piped = `'${process.execPath}' '${program}' ${command} --db '${db}' | head -c 1; echo "\${PIPESTATUS[0]}"`
    const { stdout, stderr } = spawnSync('bash', ['-c', piped], { encoding: 'utf8' })
    const words = (text: string) => text.replace(/^there is more: .*\n/u, '')
    expect([stdout, words(stderr)]).toEqual(['{141\n', ''])
    const full = `'${process.execPath}' '${program}' ${command} --db '${db}' > /dev/full`
    const ended = spawnSync('bash', ['-c', full], { encoding: 'utf8' })
    expect([ended.status, words(ended.stderr)]).toEqual([
      6,
      'lotbook: cannot write the output: ENOSPC: no space left on device, write\n',
    ])
  }
  folder.remove()
})

it('ends with the same where its words cannot be written', async () => {
  const folder = makeFolder()
  const db = folder.file('plant.db')
  await lotbook(['seed', '--db', db])
  const untold = (...words: readonly string[]) => {
    const command = [process.execPath, program, ...words].map((word) => `'${word}'`).join(' ')
    return spawnSync('bash', ['-c', `${command} 2> /dev/full`], { encoding: 'utf8' }).status
  }
  expect(untold('backup', folder.file('copy.db'), '--db', db)).toBe(0)
  expect(untold('lots', '--limit', '1', '--db', db)).toBe(0)
  expect(untold('nonsense')).toBe(2)
  expect(untold('lot', 'none', '--db', db)).toBe(4)
  folder.remove()
})
