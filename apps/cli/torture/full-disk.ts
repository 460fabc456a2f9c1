import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Client, makeClient } from '../test/client.ts'
import { lotbook, type Server } from '../test/processes.ts'
import { findPlaces, idsOf, makeWrite, type Sent, send, stockAfter, stockOf, writtenIds } from '../test/writers.ts'
import { seedPlant, serve, verifyPlant } from './plant.ts'
import type { Torture } from './torture.ts'

const run = (command: string, ...args: readonly string[]): void => {
  const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8' })
  strictEqual(status, 0, `${command} ${args.join(' ')}: ${stderr} ${String(error)}`)
}

/** A server whose disk is about to be full, and what gives it room again. */
interface Filled {
  readonly server: Server
  readonly relieve: () => void
}

/** Writes until the server says that it cannot. Gives what was acknowledged, and the write that was refused. */
const writeUntilFull = async (client: Client, all: Sent[]): Promise<Sent> => {
  const places = await findPlaces(client)
  for (let turn = 0; turn < 20_000; turn++) {
    const sent = makeWrite(places, turn)
    strictEqual(await send(client, sent), true)
    if (sent.answered?.status !== 201) return sent
    all.push(sent)
  }
  throw new Error('the disk did not fill up')
}

/** What must hold for a disk that is full, however that came about. */
const fill = async (db: string, { server, relieve }: Filled, tell: (line: string) => void): Promise<void> => {
  const client = makeClient(server.url)
  const before = await stockOf(client)
  const all: Sent[] = []
  const refused = await writeUntilFull(client, all)
  ok(all.length > 0)
  deepStrictEqual(
    [refused.answered?.status, refused.answered?.body['type']],
    [503, '/problems/storage-unavailable'],
    JSON.stringify(refused.answered?.body),
  )
  // Reads go on, and show what was acknowledged and nothing else; writes are refused, again and again.
  for (let turn = 0; turn < 3; turn++) {
    deepStrictEqual(await stockOf(client), stockAfter(before, all))
    strictEqual(await send(client, refused), true)
    strictEqual(refused.answered?.status, 503)
  }
  strictEqual((await client.get('/health/live')).status, 200)

  relieve()
  strictEqual(await send(client, refused), true)
  deepStrictEqual([refused.answered?.status, refused.answered?.replayed], [201, false])
  all.push(refused)
  const places = await findPlaces(client)
  for (let turn = 0; turn < 5; turn++) {
    const sent = makeWrite(places, turn)
    await send(client, sent)
    strictEqual(sent.answered?.status, 201)
    all.push(sent)
  }
  deepStrictEqual(await stockOf(client), stockAfter(before, all))
  deepStrictEqual((await writtenIds(client, 'admin')).toSorted(), all.flatMap(idsOf).toSorted())
  strictEqual((await server.kill('SIGTERM')).code, 0)
  await verifyPlant(db)
  tell(
    `${all.length} writes acknowledged, 4 refused with 503 while it was full, reads went on, and it recovered by itself`,
  )
}

/** A file system of 2 MB in memory. Needs root, as CI has it. */
const withSmallDisk = async (folder: string, work: (disk: string) => Promise<void>): Promise<void> => {
  const disk = join(folder, 'disk')
  mkdirSync(disk)
  run('mount', '-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', disk)
  try {
    await work(disk)
  } finally {
    run('umount', '--lazy', disk)
  }
}

/** Takes up all of a disk but so many bytes. Gives the file that does. */
const leaveOnly = (disk: string, bytes: number): string => {
  const { bavail, bsize } = statfsSync(disk)
  const ballast = join(disk, 'ballast')
  writeFileSync(ballast, Buffer.alloc(Math.max(0, bavail * bsize - bytes)))
  return ballast
}

/** A server on a small disk, most of which something else takes up. */
const onSmallDisk = async (made: string, disk: string, tell: (line: string) => void): Promise<void> => {
  const db = join(disk, 'plant.db')
  copyFileSync(made, db)
  const server = await serve(db)
  const ballast = leaveOnly(disk, 200_000)
  await fill(db, { server, relieve: () => rmSync(ballast) }, tell)
  rmSync(db)
}

/** A command that cannot do its work ends with 6 and one line of words, never with a stack. */
const endsInWords = async (words: RegExp, ...args: readonly string[]): Promise<void> => {
  const { code, stdout, stderr } = await lotbook(args)
  deepStrictEqual([args, code, stdout, stderr.trim().split('\n').length], [args, 6, '', 1], stderr)
  match(stderr, words)
}

/** What commands say on a disk that is full, and on one that may only be read. */
const commandsWithoutRoom = async (made: string, disk: string, tell: (line: string) => void): Promise<void> => {
  const [copy, refused, rows] = [join(disk, 'copy.db'), join(disk, 'refused.ndjson'), `${made}.rows.ndjson`]
  const before = await verifyPlant(made)
  writeFileSync(rows, '{"kind":"unit","colour":"red"}\n')
  leaveOnly(disk, 0)
  await endsInWords(
    /^lotbook: the store is not available: the copy .*: the disk is full/u,
    'backup',
    copy,
    '--db',
    made,
  )
  await endsInWords(/^lotbook: cannot write .*: ENOSPC/u, 'import', rows, '--refused', refused, '--db', made)
  await endsInWords(/^lotbook: cannot write .*: ENOSPC/u, 'export', join(disk, 'all.ndjson'), '--db', made)
  await endsInWords(/the disk is full/u, 'copy', '--from', made, '--to', copy)
  await endsInWords(/the disk is full/u, 'serve', '--db', join(disk, 'new.db'))
  deepStrictEqual(
    readdirSync(disk).filter((name) => name.endsWith('.partial')),
    [],
  )

  // Reading takes a little room too, beside the ledger: with some, all of it is there again.
  rmSync(join(disk, 'ballast'))
  const db = join(disk, 'plant.db')
  copyFileSync(made, db)
  run('mount', '-o', 'remount,ro', disk)
  for (const command of ['verify', 'lots', 'export', 'serve'])
    await endsInWords(/its folder cannot be written: copy the file/u, command, '--db', db)
  run('mount', '-o', 'remount,rw', disk)
  leaveOnly(disk, 0)
  for (const command of ['verify', 'lots', 'export']) await endsInWords(/the disk is full/u, command, '--db', db)
  rmSync(join(disk, 'ballast'))
  strictEqual(await verifyPlant(db), before)
  strictEqual(await verifyPlant(made), before)
  tell('12 commands without room, or where they may not write, each ended with 6 and words, and changed nothing')
}

/** A limit for the size of files, which Linux also answers in the middle of a write. */
const underFileLimit = async (folder: string, tell: (line: string) => void): Promise<void> => {
  const db = join(folder, 'limited.db')
  await seedPlant(db)
  const server = await serve(db)
  const limit = (bytes: number | 'unlimited'): void =>
    run('prlimit', `--pid=${server.child.pid}`, `--fsize=${bytes}:unlimited`)
  limit(1_500_000)
  await fill(db, { server, relieve: () => limit('unlimited') }, tell)
}

/** T4: the disk fills up, or a file may not grow any more. */
export const fullDisk: Torture = async ({ folder, tell, form }) => {
  for (let round = 0; round < (form === 'long' ? 5 : 1); round++) {
    const here = join(folder, String(round))
    mkdirSync(here)
    if (form === 'long' || process.getuid?.() === 0) {
      const made = join(here, 'plant.db')
      await seedPlant(made)
      tell('a disk of 2 MB:')
      await withSmallDisk(here, async (disk) => {
        await onSmallDisk(made, disk, tell)
        await commandsWithoutRoom(made, disk, tell)
      })
    }
    tell('a limit for the size of files:')
    await underFileLimit(here, tell)
  }
}
