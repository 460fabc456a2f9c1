import type { TestProject } from 'vitest/node'
import { type PostgresServer, startPostgres } from '../src/testing/postgres-server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The address of a PostgreSQL server that takes new databases. */
    readonly postgres: string
  }
}

let server: PostgresServer | undefined

/** Starts one PostgreSQL server for all test files, or takes that of TEST_POSTGRES_URL. */
export const setup = async (project: TestProject): Promise<void> => {
  const given = process.env['TEST_POSTGRES_URL']
  if (given === undefined) server = await startPostgres()
  project.provide('postgres', server?.address ?? `${given?.replace(/\/$/, '')}/`)
}

/** Removes the server, unless it was there before. */
export const teardown = async (): Promise<void> => server?.remove()
