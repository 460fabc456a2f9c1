import pg from 'pg'
import { postgresDialect } from './dialect.ts'
import { stayingIn } from './place.ts'

/** What a setting is in a session. Undefined where the database has no such setting. */
export const shown = async (client: pg.ClientBase, setting: string): Promise<string | undefined> => {
  try {
    const { rows } = await client.query<Record<string, string>>(`show ${setting}`)
    return rows[0]?.[setting]
  } catch (error) {
    if (error instanceof pg.DatabaseError && postgresDialect.whyUnavailable(error) === undefined) return undefined
    throw error
  }
}

/**
 * Sets a new connection up, before anything else is asked of it: it looks in one schema alone where that is known.
 * Rejects where a commit on it would not be synced.
 */
export const setUp = async (client: pg.ClientBase, schema: string | undefined): Promise<void> => {
  if (schema !== undefined) await client.query(stayingIn(schema))
  // Nearly all that is read is in memory. A database that has no such setting says so, and plans in its own way.
  try {
    await client.query('set random_page_cost = 1.1')
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error
  }
  // The role or the database may be set so that a commit is answered before it is on the disk. What waits for that is
  // left: whether it also waits for standbys is for who runs them to say.
  if ((await shown(client, 'synchronous_commit')) !== 'off') return
  await client.query('set synchronous_commit = on')
  if ((await shown(client, 'synchronous_commit')) === 'off')
    throw new Error('PostgreSQL did not keep synchronous_commit = on')
}

const risks = {
  fsync: 'the server runs with fsync = off: a power loss may lose what was acknowledged, and damage the whole database',
  full_page_writes:
    'the server runs with full_page_writes = off: a power loss in the middle of writing may damage the database',
}

/** What the server's own settings put at risk, in words. No session can change them. */
export const risksOf = async (client: pg.ClientBase): Promise<readonly string[]> => {
  const found: string[] = []
  for (const [setting, risk] of Object.entries(risks))
    if ((await shown(client, setting)) === 'off') found.push(`PostgreSQL: ${risk}`)
  return found
}
