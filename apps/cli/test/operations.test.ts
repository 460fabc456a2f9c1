import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeClient } from './client.ts'
import { type Folder, lotbook, makeFolder, program, startServer } from './program.ts'
import { findPlaces, makeWrite, send } from './writers.ts'

const guide = readFileSync(new URL('../../../docs/operations.md', import.meta.url), 'utf8')
const blocks = Array.from(guide.matchAll(/^```sh\n(.*?)^```$/gmsu), ([, block = '']) => block)

let folder: Folder
let secret = ''
beforeAll(async () => {
  folder = makeFolder()
  // In a plant, npx finds the program where it was installed.
  mkdirSync(folder.file('bin'))
  writeFileSync(folder.file('bin/npx'), `#!/bin/sh\nshift\nexec "${process.execPath}" "${program}" "$@"\n`)
  chmodSync(folder.file('bin/npx'), 0o755)
  expect(await lotbook(['seed', '--db', folder.file('lotbook.db')])).toMatchObject({ code: 0 })
  secret = (await lotbook(['keys', 'create', 'operator', '--grant', 'INVENTORY', ...db()])).stdout.trim()
})
afterAll(() => folder.remove())

const db = () => ['--db', folder.file('lotbook.db')]

/** Runs a block as it stands in the guide, in the folder of the ledger. */
const run = (block: string) => {
  const { PATH = '', HOME = '' } = process.env
  const env = { HOME, PATH: `${folder.file('bin')}:${PATH}` }
  return spawnSync('sh', ['-eu', '-c', block], { cwd: folder.file('.'), env, encoding: 'utf8' })
}
const blockWith = (text: string): string => blocks.find((block) => block.includes(text)) ?? 'exit 99'

describe('the commands of docs/operations.md', () => {
  it('make, list and revoke a key', () => {
    const { status, stdout, stderr } = run(blockWith('keys create'))
    expect({ status, stderr }).toMatchObject({ status: 0 })
    expect(stdout).toMatch(/^lb_\S{43}$/mu)
    expect(stdout).toContain('INVENTORY.WRITE.CONSUME')
  })

  it('back up a ledger that is being written to, and restore it when it is lost', async () => {
    const server = await startServer(['serve', ...db()])
    const client = makeClient(server.url, secret)
    const places = await findPlaces(client)
    const write = async () => {
      const sent = makeWrite(places, 0)
      await send(client, sent)
      expect(sent.answered?.status).toBe(201)
    }
    await write()
    const { status, stdout, stderr } = run(blockWith('lotbook backup'))
    expect({ status, stderr }).toMatchObject({ status: 0 })
    expect(stdout).toContain('all fits: 301 records')
    await write()
    await server.kill('SIGKILL')
    writeFileSync(folder.file('lotbook.db'), 'a broken disk')

    const restored = run(blockWith('mv lotbook.db*'))
    expect({ status: restored.status, stderr: restored.stderr }).toMatchObject({ status: 0 })
    expect(restored.stdout).toContain('all fits: 301 records')
    // It goes on from there.
    const again = await startServer(['serve', ...db()])
    expect((await makeClient(again.url, secret).get('/v1/lots')).status).toBe(200)
    expect(await again.kill('SIGTERM')).toMatchObject({ code: 0 })
  })

  it('write an archive and restore it, with the same end of the chain', async () => {
    const { status, stdout, stderr } = run(blockWith('--restore'))
    expect({ status, stderr }).toMatchObject({ status: 0 })
    const { stdout: checkpoint } = await lotbook(['checkpoint', ...db()])
    expect(stdout).toContain(checkpoint.trim())
    expect(stdout).toContain('all fits')
  })

  it('are all run here', () => {
    expect(blocks).toHaveLength(4)
  })
})
