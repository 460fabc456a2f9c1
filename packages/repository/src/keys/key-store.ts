import { hash, randomBytes, timingSafeEqual } from 'node:crypto'
import {
  DuplicateName,
  type Grant,
  type Instant,
  makeUlidSource,
  NotFound,
  readUlid,
  showUlid,
  type Ulid,
} from '@lotbook/domain'
import { Effect } from 'effect'
import type { Dialect } from '../dialect.ts'
import type { Engine } from '../engine.ts'
import { all, execute, first, type Program } from '../program.ts'
import { type LoggedChange, makeChangeLog } from '../save/change-log.ts'
import type { ApiKey, FoundKey, KeyStore } from './api-key.ts'
import { makeKeyStatements } from './key-statements.ts'

const prefix = 'lb_'
const secretBytes = 32

const newSecret = (): string => prefix + randomBytes(secretBytes).toString('base64url')

const hashOf = (secret: string): string => hash('sha256', secret)

// The row was found by its hash, so this is true. It is asked in constant time all the same, lest the lookup ever change.
const isSame = (left: string, right: string): boolean => timingSafeEqual(Buffer.from(left), Buffer.from(right))

interface KeyRow {
  readonly ulid: Ulid
  readonly name: string
  readonly grants: string
  readonly expires_at: number | null
  readonly created_at: number
  readonly created_by: string
  readonly revoked_at: number | null
  readonly revoked_by: string | null
}

const apiKeyOf = (row: KeyRow): ApiKey => ({
  id: row.ulid,
  name: row.name,
  grants: JSON.parse(row.grants) as readonly Grant[],
  expires: row.expires_at,
  createdDate: row.created_at,
  createdBy: row.created_by,
  revokedDate: row.revoked_at,
  revokedBy: row.revoked_by,
})

/** Keeps API keys in the database of the store: of each secret only its SHA-256. */
export const makeKeyStore = (dialect: Dialect, { read, write }: Engine): KeyStore => {
  const statements = makeKeyStatements(dialect.db)
  const changeRow = makeChangeLog(dialect.db)
  const newId = makeUlidSource()

  const createWithSecret: KeyStore['createWithSecret'] = ({ secret, ...key }) =>
    write(function* (head) {
      const namesake = yield* first(statements.live({ name: key.name }))
      if (namesake !== undefined) {
        const refusal = new DuplicateName({ kind: 'API key', name: key.name, existingId: showUlid(namesake.ulid) })
        return { keep: false, wrote: false, head, answer: Effect.fail(refusal) }
      }
      const id = newId(key.now)
      const grants = JSON.stringify(key.grants)
      yield* execute(
        statements.insert({
          ulid: id,
          name: key.name,
          hash: hashOf(secret),
          grants,
          expires_at: key.expires,
          created_at: key.now,
          created_by: key.createdBy,
        }),
      )
      const said = {
        entity: 'api key',
        entityId: showUlid(id),
        changedDate: key.now,
        changedBy: key.createdBy,
      } as const
      const changes: readonly LoggedChange[] = [
        { ...said, field: 'name', from: null, to: key.name },
        { ...said, field: 'grants', from: null, to: key.grants.join(' ') },
        { ...said, field: 'expires', from: null, to: key.expires },
      ]
      for (const change of changes) yield* execute(changeRow(change, head.count))
      return { keep: true, head, answer: Effect.succeed({ id, secret }) }
    })

  const revoke: KeyStore['revoke'] = (idOrName, { actor, now }) =>
    write(function* (head) {
      const id = readUlid(idOrName)
      const row = yield* first(id === undefined ? statements.live({ name: idOrName }) : statements.byUlid({ ulid: id }))
      if (row === undefined)
        return { keep: false, wrote: false, head, answer: Effect.fail(new NotFound({ kind: 'API key', idOrName })) }
      if (row.revoked_at !== null) return { keep: false, wrote: false, head, answer: Effect.succeed(apiKeyOf(row)) }
      yield* execute(statements.revoke({ ulid: row.ulid, now, actor }))
      const change: LoggedChange = {
        entity: 'api key',
        entityId: showUlid(row.ulid),
        field: 'revoked',
        from: false,
        to: true,
        changedDate: now,
        changedBy: actor,
      }
      yield* execute(changeRow(change, head.count))
      return { keep: true, head, answer: Effect.succeed(apiKeyOf({ ...row, revoked_at: now, revoked_by: actor })) }
    })

  function* found(secret: string, now: Instant): Program<FoundKey> {
    const sent = hashOf(secret)
    const row = yield* first(statements.byHash({ hash: sent }))
    if (row === undefined || !isSame(row.hash, sent)) return 'unknown'
    if (row.revoked_at !== null) return 'revoked'
    if (row.expires_at !== null && row.expires_at <= now) return 'expired'
    const { id, name, grants } = apiKeyOf(row)
    return { id, name, grants }
  }
  function* list(): Program<readonly ApiKey[]> {
    return (yield* all(statements.list({}))).map(apiKeyOf)
  }
  function* count(): Program<number> {
    return (yield* first(statements.count({})))?.count ?? 0
  }

  return {
    create: (key) => Effect.suspend(() => createWithSecret({ ...key, secret: newSecret() })),
    createWithSecret,
    list: () => read(list),
    revoke,
    find: (secret, now = Date.now()) => read(() => found(secret, now)),
    count: () => read(count),
  }
}
