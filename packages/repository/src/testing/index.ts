export { endSessions, newDatabase, type PostgresServer, type ServerOptions, startPostgres } from './postgres-server.ts'
