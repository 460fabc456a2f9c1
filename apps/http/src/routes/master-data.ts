import type { Call, Caller, Page, Refusal } from '@lotbook/domain'
import { Effect, type Schema } from 'effect'
import type { AppParts } from '../app.ts'
import { type AnyShape, created, type Operation, ok, shown } from '../operation.ts'
import type { Query } from '../query.ts'
import { pageOf } from '../schemas/common.ts'
import { masterDataRefusals } from './refusals.ts'
import { withoutId, withPathId } from './with-path-id.ts'

type View = { readonly id: string | null; readonly version: number }

/** One kind of master data: its words, its shapes and the functions of the domain. */
export interface MasterData<A extends View> {
  /** As a word of the domain: `reason code`. */
  readonly kind: string
  /** As it stands in operation ids: `ReasonCode`. */
  readonly name: string
  readonly plural: string
  readonly folder: `/v1/${string}`
  readonly tag: string
  /** How one is named in the path. */
  readonly idIs: string
  readonly schema: Schema.Top
  readonly listShape: AnyShape
  readonly listOnly?: readonly string[]
  readonly saveShape: AnyShape
  readonly list: (parts: AppParts, query: Query, caller: Caller) => Effect.Effect<Page<A>, Refusal>
  readonly get: (parts: AppParts, idOrName: string, caller: Caller) => Effect.Effect<A, Refusal>
  readonly save: (parts: AppParts, request: unknown, call: Call) => Effect.Effect<A, Refusal>
  readonly about?: string
  /** What refuses a save besides what refuses any. */
  readonly refusals?: readonly Refusal['_tag'][]
}

/** The four operations of one kind of master data. */
export const masterDataRoutes = <A extends View>(kind: MasterData<A>): readonly Operation[] => {
  const { name, plural, folder, tag, schema, saveShape } = kind
  const read = { tag, permission: 'INVENTORY.READ.GET' } as const
  const write = {
    tag,
    permission: 'INVENTORY.WRITE.MASTER_DATA',
    body: { shape: saveShape, without: ['id'] },
    refusals: [...masterDataRefusals, ...(kind.refusals ?? [])],
  } as const
  return [
    {
      ...read,
      method: 'GET',
      path: folder,
      id: `list${plural}`,
      summary: `List ${kind.kind}s`,
      query: { shape: kind.listShape, ...(kind.listOnly !== undefined && { only: kind.listOnly }) },
      answers: { 200: { description: `A page of ${kind.kind}s.`, schema: pageOf(`${name}Page`, schema) } },
      handle: (parts, { query, call }) => Effect.map(kind.list(parts, query, call), ok),
    },
    {
      ...read,
      method: 'GET',
      path: `${folder}/{id}`,
      id: `get${name}`,
      summary: `Read a ${kind.kind}`,
      params: { id: kind.idIs },
      answers: { 200: { description: `The ${kind.kind} as it stands.`, schema, versioned: true } },
      refusals: ['NotFound'],
      handle: (parts, { params: { id = '' }, call }) => Effect.map(kind.get(parts, id, call), shown),
    },
    {
      ...write,
      method: 'POST',
      path: folder,
      id: `create${name}`,
      summary: `Create a ${kind.kind}`,
      ...(kind.about !== undefined && { description: kind.about }),
      answers: { 201: { description: `The ${kind.kind} as created.`, schema, versioned: true } },
      handle: (parts, { body, call }) =>
        withoutId(body, (request) => Effect.map(kind.save(parts, request, call), (made) => created(folder, made))),
    },
    {
      ...write,
      method: 'PATCH',
      path: `${folder}/{id}`,
      id: `update${name}`,
      summary: `Change a ${kind.kind}`,
      description: 'A given value replaces, null keeps. Here the path takes the id only.',
      params: { id: kind.idIs },
      ifMatch: 'always',
      answers: { 200: { description: `The ${kind.kind} as changed.`, schema, versioned: true } },
      handle: (parts, { params, body, call }) =>
        withPathId(kind.kind, params['id'], body, (request) => Effect.map(kind.save(parts, request, call), shown)),
    },
  ]
}
