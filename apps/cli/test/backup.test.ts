import { existsSync, readdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { adminKey, makeClient } from './client.ts'
import { type Folder, lotbook, makeFolder, startServer } from './program.ts'
import { findPlaces, writeConcurrently } from './writers.ts'

let folder: Folder
beforeAll(() => {
  folder = makeFolder()
})
afterAll(() => folder.remove())

const countOf = (checkpoint: string): number => Number(checkpoint.split(':')[0])

describe('lotbook backup', () => {
  it('copies one moment of a ledger that is being written to, and the copy verifies', async () => {
    const db = ['--db', folder.file('busy.db')]
    const copy = folder.file('copy.db')
    await lotbook(['seed', ...db])
    const server = await startServer(['serve', ...db], { env: { LOTBOOK_ADMIN_KEY: adminKey } })
    const client = makeClient(server.url)
    const places = await findPlaces(client)

    let copied = false
    let begin: () => void = () => undefined
    const isBusy = new Promise<void>((resolve) => {
      begin = resolve
    })
    const writing = writeConcurrently(client, places, 4, (acknowledged) => {
      if (acknowledged > 0) begin()
      return copied
    })
    await isBusy
    const made = await lotbook(['backup', copy, ...db])
    copied = true
    const sent = await writing
    expect(made).toMatchObject({ code: 0, stderr: `copied into ${copy}\n` })
    expect(sent.every(({ answered }) => answered?.status === 201)).toBe(true)
    await server.kill('SIGTERM')

    const checkpoint = made.stdout.trim()
    const { stdout: last } = await lotbook(['checkpoint', ...db])
    expect(countOf(checkpoint)).toBeGreaterThan(301)
    expect(countOf(checkpoint)).toBeLessThanOrEqual(countOf(last))
    expect(await lotbook(['verify', '--db', copy])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(checkpoint),
    })
    // The copy is a moment of the original, which has only grown since.
    expect(await lotbook(['verify', '--against', checkpoint, ...db])).toMatchObject({ code: 0 })

    expect(await lotbook(['backup', copy, ...db])).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('exists already'),
    })
    expect(readdirSync(dirname(copy)).filter((name) => name.endsWith('.partial'))).toEqual([])
    expect(await lotbook(['backup', '-', ...db])).toMatchObject({
      ...{ code: 2, stdout: '' },
      stderr: expect.stringContaining('FILE must be a file, not “-”'),
    })
    expect(existsSync('-')).toBe(false)
    const nowhere = folder.file('nowhere/copy.db')
    const noFolder = `lotbook: cannot write ${nowhere}: its folder does not exist\n`
    expect(await lotbook(['backup', nowhere, ...db])).toEqual({ code: 2, stdout: '', stderr: noFolder })
  })
})
