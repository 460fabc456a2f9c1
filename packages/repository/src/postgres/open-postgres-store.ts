import { makeArchive } from '../archive/archive.ts'
import { makeKeyStore } from '../keys/key-store.ts'
import type { Opening, OpenStore } from '../open-store.ts'
import { takeSnapshot } from '../snapshot.ts'
import { makeStore } from '../store.ts'
import { makeWebhookStore } from '../webhooks/webhook-store.ts'
import { postgresDialect } from './dialect.ts'
import { makeEngine } from './engine.ts'
import { endAll, openConnections } from './open.ts'

const withoutPassword = (address: string): string => {
  const url = new URL(address)
  url.password = ''
  url.search = ''
  return url.href
}

/** Opens a store in a PostgreSQL database. */
export const openPostgresStore = async ({
  filename,
  policy,
  patience,
  sha256,
  mustExist,
}: Opening): Promise<OpenStore> => {
  const where = withoutPassword(filename)
  const opened = await openConnections(filename, policy, patience, mustExist ? where : null)
  const { connections, schema, version, warnings } = opened
  const engine = makeEngine(connections, patience)
  let closed: Promise<void> | undefined
  return {
    store: makeStore(postgresDialect, engine, sha256),
    archive: makeArchive(postgresDialect, engine, sha256),
    snapshot: () => takeSnapshot(postgresDialect, engine, sha256),
    // Every request looks its key up: those of many together.
    keys: makeKeyStore(postgresDialect, { ...engine, read: engine.readTogether }),
    webhooks: makeWebhookStore(postgresDialect, engine),
    info: { filename: where, engine: `PostgreSQL ${version}`, schema },
    warnings,
    backup: async () => {
      throw new Error('a PostgreSQL database is backed up with its own tools, such as pg_dump')
    },
    commits: () => engine.writer.commits,
    close: () => {
      connections.closing = true
      closed ??= engine.writer.finish().then(() => endAll(connections))
      return closed
    },
  }
}
