import { newDatabase, type PostgresServer, startPostgres } from '@lotbook/repository/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Folder, lotbook, makeFolder } from './program.ts'

let folder: Folder
let postgres: PostgresServer

beforeAll(async () => {
  folder = makeFolder()
  postgres = await startPostgres()
})
afterAll(async () => {
  folder.remove()
  await postgres.remove()
})

const exported = async (db: string): Promise<string> => {
  const { code, stdout, stderr } = await lotbook(['export', '--db', db])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  return stdout
}

const seeded = async (db: string, policy: string): Promise<string> => {
  const { code, stderr } = await lotbook(['seed', '--db', db, '--policy', policy])
  expect(code, stderr).toBe(0)
  return (await lotbook(['checkpoint', '--db', db])).stdout
}

describe('lotbook copy', () => {
  it('moves a ledger from a file into PostgreSQL and back, with the same head and the same bytes', async () => {
    const [file, back] = [folder.file('plant.db'), folder.file('back.db')]
    const address = await newDatabase(postgres.address, 'moved')
    const checkpoint = await seeded(file, 'strict')
    const there = await lotbook(['copy', '--from', file, '--to', address])
    expect(there).toMatchObject({ code: 0, stdout: checkpoint })
    expect(there.stderr).toContain(`copied into ${address} and verified: 301 versions`)
    const again = await lotbook(['copy', '--from', address, '--to', back])
    expect(again).toMatchObject({ code: 0, stdout: checkpoint })
    expect(await exported(address)).toBe(await exported(file))
    expect(await exported(back)).toBe(await exported(file))
    expect((await lotbook(['policy', '--db', back])).stdout).toContain('strict')
    expect((await lotbook(['verify', '--db', back])).code).toBe(0)
  })

  it('copies within one kind of store', async () => {
    const [first, second] = [
      await newDatabase(postgres.address, 'first'),
      await newDatabase(postgres.address, 'second'),
    ]
    const checkpoint = await seeded(first, 'standard')
    expect(await lotbook(['copy', '--from', first, '--to', second])).toMatchObject({ code: 0, stdout: checkpoint })
    expect(await exported(second)).toBe(await exported(first))
  })

  it('leaves a ledger alone that is not empty, and copies nothing from one that is not there', async () => {
    const [file, used] = [folder.file('from.db'), folder.file('used.db')]
    for (const db of [file, used]) await seeded(db, 'standard')
    const before = await exported(used)
    const refused = await lotbook(['copy', '--from', file, '--to', used])
    expect(refused).toMatchObject({ code: 2, stdout: '' })
    expect(refused.stderr).toContain(`lotbook: cannot restore ${file} into ${used}: the store is not empty`)
    expect(await exported(used)).toBe(before)
    const missing = await lotbook(['copy', '--from', folder.file('none.db'), '--to', folder.file('new.db')])
    expect(missing).toMatchObject({ code: 4, stdout: '' })
  })

  it('says all that is wrong with its words', async () => {
    const { code, stderr } = await lotbook(['copy', '--from', ':memory:', '--to', 'postgres://['])
    expect(code).toBe(2)
    expect(stderr).toContain('--from must be')
    expect(stderr).toContain('--to must be')
  })
})
