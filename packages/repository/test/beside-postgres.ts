import pg from 'pg'
import { expect, onTestFinished } from 'vitest'

/** A session beside the store, past all that the store does. */
export const beside = async (address: string): Promise<pg.Client> => {
  const client = new pg.Client({ connectionString: address })
  client.on('error', () => undefined)
  await client.connect()
  onTestFinished(() => client.end())
  return client
}

/**
 * Ends when so many sessions wait for a lock in this database. It is asked from a session without a transaction: within
 * one, the sessions that there are would always be those of its first look.
 */
export const waitersIn = async (address: string) => {
  const watcher = await beside(address)
  const sql = "select pid from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()"
  const waiting = async () => (await watcher.query<{ readonly pid: number }>(sql)).rows.map(({ pid }) => pid)
  return {
    are: (count: number) => expect.poll(async () => (await waiting()).length).toBeGreaterThanOrEqual(count),
    end: async () => {
      for (const pid of await waiting()) await watcher.query('select pg_terminate_backend($1)', [pid])
    },
    cancel: async () => {
      for (const pid of await waiting()) await watcher.query('select pg_cancel_backend($1)', [pid])
    },
  }
}
