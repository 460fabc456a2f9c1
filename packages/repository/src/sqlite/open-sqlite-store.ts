import { makeArchive } from '../archive/archive.ts'
import { makeKeyStore } from '../keys/key-store.ts'
import type { Opening, OpenStore } from '../open-store.ts'
import { takeSnapshot } from '../snapshot.ts'
import { makeStore } from '../store.ts'
import { makeWebhookStore } from '../webhooks/webhook-store.ts'
import { backUp } from './backup.ts'
import { sqliteDialect } from './dialect.ts'
import { makeEngine } from './engine.ts'
import { openConnection } from './open.ts'

/** Opens a store in a SQLite file. */
export const openSqliteStore = ({ filename, policy, patience, sha256, mustExist }: Opening): OpenStore => {
  const { connection, schema } = openConnection(filename, policy, mustExist)
  const engine = makeEngine(filename, connection, patience)
  return {
    store: makeStore(sqliteDialect, engine, sha256),
    archive: makeArchive(sqliteDialect, engine, sha256),
    snapshot: () => takeSnapshot(sqliteDialect, engine, sha256),
    keys: makeKeyStore(sqliteDialect, engine),
    webhooks: makeWebhookStore(sqliteDialect, engine),
    info: { filename, engine: `SQLite ${connection.version}`, schema },
    warnings: [],
    backup: (file) => backUp(connection, filename, file),
    commits: () => engine.writer.commits,
    close: async () => {
      engine.writer.close()
      // The others first: only a connection that may write can bring the log into the file and remove it.
      engine.closeReaders()
      await engine.checkpointer?.close()
      // A long read may have ended meanwhile.
      engine.closeReaders()
      connection.close()
    },
  }
}
