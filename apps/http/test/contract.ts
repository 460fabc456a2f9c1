import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { openApiText } from '../src/app.ts'
import { problemType } from '../src/problem.ts'

interface Ref {
  readonly $ref?: string
}
interface ResponseObject extends Ref {
  readonly content?: Readonly<Record<string, { readonly schema: object }>>
}
/** As much of an operation in the document as tests look at. */
export interface DocumentedOperation {
  readonly operationId: string
  readonly security: readonly object[]
  readonly 'x-permission'?: string | null
  readonly 'x-permission-of-type'?: true
  readonly 'x-permission-of-mode'?: Readonly<Record<string, string>>
  readonly parameters: readonly (Ref & { readonly name: string; readonly in: string; readonly schema: object })[]
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Ref }>> }
  readonly responses: Readonly<Record<string, ResponseObject>>
}
interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, DocumentedOperation>>>>
  readonly components: Readonly<Record<string, Readonly<Record<string, object>>>>
}

/** The document, as a client reads it. */
export const document = JSON.parse(openApiText()) as OpenApi

/** A named schema of the document. */
export const componentSchema = (name: string): Readonly<Record<string, unknown>> =>
  (document.components['schemas'] as Readonly<Record<string, Record<string, unknown>>>)[name] ?? {}

/** One operation with its place. */
export interface Documented {
  readonly method: string
  readonly path: string
  readonly operation: DocumentedOperation
}

/** Every operation of the document. */
export const documented: readonly Documented[] = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
)

const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false })
ajv.addSchema(document, 'openapi')

const escaped = (part: string): string => part.replaceAll('~', '~0').replaceAll('/', '~1')
const pointer = (...parts: readonly string[]): string => `openapi#/${parts.map(escaped).join('/')}`

const validatorOf = (reference: string): ValidateFunction => {
  const validate = ajv.getSchema(reference)
  if (validate === undefined) throw new Error(`no schema at ${reference}`)
  return validate
}

/** What is wrong with a value by a schema of the document's components; empty when nothing is. */
export const offencesAgainst = (component: string, value: unknown): readonly string[] => {
  const validate = validatorOf(pointer('components', 'schemas', component))
  return validate(value) ? [] : [ajv.errorsText(validate.errors)]
}

const pathPattern = (path: string): RegExp => new RegExp(`^${path.replaceAll(/\{\w+\}/gu, '[^/]+')}$`, 'u')
// Fixed paths come first, as they do in the router.
const inOrder = [...documented].sort((left, right) => left.path.split('{').length - right.path.split('{').length)
const known = inOrder.map((entry) => ({ ...entry, pattern: pathPattern(entry.path) }))

/** The operation that a request reaches. */
export const operationAt = (method: string, path: string): Documented | undefined => {
  const [asSent = ''] = path.split('?')
  // As the router does: a letter may be sent as its number. A slash of a name stays what it is.
  const pathname = asSent.replaceAll(/%[2-7][0-9a-f]/giu, (letter) => decodeURI(letter))
  const here = known.filter(({ pattern }) => pattern.test(pathname))
  const [first] = here
  return here.find((entry) => entry.path === first?.path && entry.method === (method === 'HEAD' ? 'GET' : method))
}

/** What an answer says, as far as the document judges it. */
export interface Judged {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

/** What is wrong with an answer by the document: its status, its type, its body. Empty when all is as documented. */
export const offencesOf = (method: string, path: string, { status, headers, text }: Judged): readonly string[] => {
  const here = `${method} ${path.slice(0, 100)} → ${status}`
  const type = (headers.get('content-type') ?? '').split(';')[0] ?? ''
  const offences: string[] = []
  if (headers.get('x-request-id') === null) offences.push(`${here} has no X-Request-Id`)
  if (headers.get('x-content-type-options') !== 'nosniff') offences.push(`${here} has no security headers`)
  if (status >= 400 && type !== problemType) offences.push(`${here} is ${type}, not a problem`)
  const found = operationAt(method, path)
  if (found === undefined)
    return status >= 400 ? [...offences, ...offencesAgainst('Problem', JSON.parse(text))] : offences
  const response = found.operation.responses[status]
  if (response === undefined) return [...offences, `${here} is not documented for ${found.operation.operationId}`]
  const name = response.$ref?.split('/').at(-1)
  const place =
    name === undefined
      ? ['paths', found.path, found.method.toLowerCase(), 'responses', String(status)]
      : ['components', 'responses', name]
  const content =
    name === undefined
      ? response.content
      : (document.components['responses'] as Readonly<Record<string, ResponseObject>>)[name]?.content
  if (method === 'HEAD' || content === undefined)
    return text === '' ? offences : [...offences, `${here} has a body, and none is documented`]
  if (content[type] === undefined) return [...offences, `${here} is ${type}, which is not documented`]
  if (!/[/+]json$/u.test(type)) return offences
  const validate = validatorOf(pointer(...place, 'content', type, 'schema'))
  const value: unknown = JSON.parse(text)
  return validate(value) ? offences : [...offences, `${here}: ${ajv.errorsText(validate.errors)} in ${text}`]
}
