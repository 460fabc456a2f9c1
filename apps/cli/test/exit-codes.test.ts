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

it('ends without words where nobody reads what it prints any more', async () => {
  const folder = makeFolder()
  const db = folder.file('plant.db')
  await lotbook(['seed', '--db', db])
  const piped = `'${process.execPath}' '${program}' records --json --limit 200 --db '${db}' | head -c 1; echo "\${PIPESTATUS[0]}"`
  const { stdout, stderr } = spawnSync('bash', ['-c', piped], { encoding: 'utf8' })
  folder.remove()
  expect([stdout, stderr.replaceAll(/^there is more: .*\n/gu, '')]).toEqual(['{141\n', ''])
})
