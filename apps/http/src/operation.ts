import type { Call, Permission, Refusal, RequestShape } from '@lotbook/domain'
import type { Effect, Schema } from 'effect'
import type { AppParts } from './app.ts'
import type { BodyLimits } from './json-judge.ts'
import type { Problem } from './problem.ts'
import type { Query } from './query.ts'

/** A request after everything that is the same for all operations: who calls, and what was sent. */
export interface Incoming {
  readonly call: Call
  readonly params: Readonly<Record<string, string>>
  readonly query: Query
  /** The parsed body; undefined where there is none. */
  readonly body: unknown
  /** The body as it was sent; empty where there is none. */
  readonly bytes: Uint8Array
  readonly dryRun: boolean
  readonly headers: Headers
  /** Which of some media types the caller would have: see `preferredType`. */
  readonly preferred: <const T extends readonly [string, ...string[]]>(types: T) => T[number]
  /** Whether the key may still be used: for answers that take long. */
  readonly mayStill: () => Promise<boolean>
}

/** What an operation answers when all goes well. */
export interface Answer {
  readonly status: 200 | 201
  /** Sent as JSON, unless `text` or `stream` is given. */
  readonly body?: unknown
  readonly text?: string | Uint8Array
  /** Sent as it comes, in place of a body. */
  readonly stream?: ReadableStream<Uint8Array>
  readonly headers?: Readonly<Record<string, string>>
  /** The version of what is shown: becomes the `ETag`. */
  readonly version?: number
}

/** An answer as the document describes it. */
export interface AnswerDoc {
  readonly description: string
  /** It has a version, told as `ETag`. */
  readonly versioned?: true
  /** The shape of the JSON; without one the answer is text of `contentType`. */
  readonly schema?: Schema.Top
  readonly contentType?: string
  /** Types of text as which the same may be had. */
  readonly alsoAs?: readonly string[]
  /** The events of a stream, by name. */
  readonly events?: Readonly<Record<string, Schema.Top>>
}

type Shape = RequestShape<never>
/** Any request shape, whatever its fields. */
export type AnyShape = Pick<Shape, 'schema'> & {
  readonly keys: readonly string[]
  readonly required: readonly string[]
  readonly decode: (input: unknown) => { readonly violations: { toMap(): Record<string, readonly string[]> } }
}

/** What the document needs to know of the shape of a body. */
export type BodyShape = Omit<AnyShape, 'keys'>

/** A body that is a list of requests, each of which says by its `type` which one it is. */
export interface ListOfRequests {
  /** The member that holds the list. */
  readonly key: string
  readonly most: number
  readonly byType: Readonly<Record<string, BodyShape>>
}

/** A body that is a file of rows, in one of some types. */
export interface FileOfRows {
  readonly types: readonly string[]
}

/** A body that is a JSON document which the domain judges as a whole. */
export interface WholeDocument {
  readonly types: readonly string[]
  readonly schema: Schema.Top
}

/** What one way of calling an operation needs. */
export interface PermissionOfMode {
  /** A query with which it is called so, for the document. */
  readonly example: string
  readonly applies: (query: URLSearchParams) => boolean
  readonly permission: Permission
}

/** One operation of the API, with all that the router, the pipeline and the OpenAPI document need to know of it. */
export interface Operation {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** With parameters in braces: `/v1/lots/{id}`. */
  readonly path: `/${string}`
  /** The documented name of the function. */
  readonly id: string
  readonly tag: string
  readonly summary: string
  readonly description?: string
  /** Not in the OpenAPI document: a part of a page. */
  readonly isHidden?: true
  /** Answers without a key. */
  readonly isPublic?: true
  /** What every call of it needs; without one any key will do, or the domain decides. */
  readonly permission?: Permission
  /** Where it depends on the query what a call needs: the first that applies. */
  readonly permissionOfMode?: readonly PermissionOfMode[]
  /** The domain asks for the permission of the record's type too. */
  readonly permissionOfType?: true
  /** What the parts in braces are. */
  readonly params?: Readonly<Record<string, string>>
  /** The query parameters: a shape of the domain, and which of its fields. */
  readonly query?: { readonly shape: AnyShape; readonly only?: readonly string[]; readonly without?: readonly string[] }
  /** Changes nothing, though it is sent as a POST. */
  readonly isRead?: true
  /** The body; `without` names fields that stand elsewhere, such as the id in the path. */
  readonly body?:
    | { readonly shape: BodyShape; readonly without?: readonly string[]; readonly optional?: true }
    | { readonly list: ListOfRequests; readonly optional?: never }
    | { readonly rows: FileOfRows; readonly optional?: never }
    | { readonly document: WholeDocument; readonly optional?: never }
  /** Where a body may be larger than others. */
  readonly bodyLimits?: BodyLimits
  /** The same body sent again is the same request, also without an `Idempotency-Key`. */
  readonly happensOnce?: true
  /** Takes `?dryRun=true`. */
  readonly dryRun?: true
  /** Concerns one known thing, so that `If-Match` has something to compare with: always, or when the body has an id. */
  readonly ifMatch?: 'always' | 'with id'
  /** Takes `Last-Event-ID`. */
  readonly resumes?: true
  /** Answers with a stream, of which there may be too many. */
  readonly streams?: true
  readonly answers: Readonly<Partial<Record<200 | 201, AnswerDoc>>>
  /** What the domain may refuse it with, besides what it may refuse everything with. */
  readonly refusals?: readonly Refusal['_tag'][]
  readonly handle: (parts: AppParts, incoming: Incoming) => Effect.Effect<Answer | Problem, Refusal>
}

/** The names of the query parameters that an operation takes. */
export const parameterNames = ({ query, dryRun }: Operation): readonly string[] => [
  ...(query?.only ?? query?.shape.keys.filter((key) => query.without?.includes(key) !== true) ?? []),
  ...(dryRun === true ? ['dryRun'] : []),
]

/** Whether an operation may change anything. The `validate…` operations do not. */
export const isWrite = ({ method, id, isRead }: Operation): boolean =>
  method !== 'GET' && isRead !== true && !id.startsWith('validate')

/** Whether a repeated `Idempotency-Key` gets the kept answer. */
export const takesReceipt = (operation: Operation): boolean => operation.method === 'POST' && isWrite(operation)

/** A plain 200. */
export const ok = (body: unknown): Answer => ({ status: 200, body })

/** 200 with the version as `ETag`. */
export const shown = (body: { readonly version: number }): Answer => ({ status: 200, body, version: body.version })

/** 201 with the version as `ETag`, and where to find what was made. */
export const created = (folder: string, body: { readonly id: string | null; readonly version: number }): Answer => ({
  status: 201,
  body,
  version: body.version,
  headers: { Location: `${folder}/${body.id}` },
})

/** Whether a body names an existing thing by its id. */
export const hasId = (body: unknown): boolean =>
  typeof body === 'object' && body !== null && 'id' in body && body.id !== null

/** A function's name as it stands in a path: `scrapAll` → `scrap-all`. */
export const kebab = (name: string): string => name.replaceAll(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`)
