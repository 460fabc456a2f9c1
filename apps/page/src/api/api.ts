import type {
  InventoryView,
  LocationView,
  LotView,
  MaterialView,
  Page,
  RecallView,
  RecordView,
  TraceView,
} from '@lotbook/domain'

/** What the server refused, in its words. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem'
  /** The status of the answer; 0 where there was none. */
  readonly status: number
  readonly title: string
  constructor(detail: string, options: { readonly status: number; readonly title: string; readonly cause?: unknown }) {
    super(detail, { cause: options.cause })
    this.status = options.status
    this.title = options.title
  }
}

type Query = Readonly<Record<string, string | number | boolean | null | undefined>>

const queryText = (query: Query): string => {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== '')
  return given.length === 0 ? '' : `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`
}

const problemOf = async (response: Response): Promise<ApiProblem> => {
  const body: unknown = await response.json().catch(() => ({}))
  const {
    title = `The server answered ${response.status}`,
    detail = '',
    errors = {},
  } = body as {
    readonly title?: string
    readonly detail?: string
    readonly errors?: Readonly<Record<string, readonly string[]>>
  }
  const fields = Object.entries(errors).map(([field, messages]) => `${field} ${messages.join('; ')}`)
  return new ApiProblem(fields.length === 0 ? detail : fields.join('. '), { status: response.status, title })
}

/** How a trace is asked for. */
export interface TraceOptions {
  readonly direction: TraceView['direction']
  /** Null: to the end. */
  readonly depth: number | null
  /** A date and time as ISO 8601, or empty. */
  readonly asOf: string
}

/** How many lots of one side the page asks for at most. */
export const mostLots = 2000

const pathOf = (lotId: string): string => `/v1/lots/${encodeURIComponent(lotId)}`

/** The public API, with a key that goes into a header and nowhere else. */
export const makeApi = (key: string) => {
  const fetched = async (path: string, query: Query, signal?: AbortSignal): Promise<Response> => {
    const headers = { Authorization: `Bearer ${key}` }
    let response: Response
    try {
      response = await fetch(`${path}${queryText(query)}`, { headers, cache: 'no-store', signal: signal ?? null })
    } catch (cause) {
      if (signal?.aborted === true) throw cause
      throw new ApiProblem('Look whether Lotbook still runs, then try again.', {
        status: 0,
        title: 'The server does not answer',
        cause,
      })
    }
    if (!response.ok) throw await problemOf(response)
    return response
  }
  const get = async <A>(path: string, query: Query, signal?: AbortSignal): Promise<A> =>
    (await (await fetched(path, query, signal)).json()) as A

  return {
    trace: (lotId: string, options: TraceOptions, signal?: AbortSignal) =>
      get<TraceView>(`${pathOf(lotId)}/trace`, { ...options, limit: mostLots }, signal),
    /** What became of everything that a lot went into: of as many lots as a trace holds here, nearest first. */
    recall: ({ lotId, asOf }: Pick<TraceView, 'lotId' | 'asOf'>, signal?: AbortSignal) =>
      get<RecallView>(`${pathOf(lotId)}/recall`, { asOf, limit: mostLots }, signal),
    /** The report of a recall, as HTML that prints. */
    recallReport: async (lotId: string): Promise<Blob> =>
      (await fetched(`${pathOf(lotId)}/recall`, { format: 'HTML' })).blob(),
    lot: (lotId: string, signal?: AbortSignal) => get<LotView>(pathOf(lotId), {}, signal),
    lots: (query: Query, signal?: AbortSignal) => get<Page<LotView>>('/v1/lots', query, signal),
    stock: (query: Query, signal?: AbortSignal) => get<Page<InventoryView>>('/v1/inventory', query, signal),
    records: (query: Query, signal?: AbortSignal) => get<Page<RecordView>>('/v1/lot-records', query, signal),
    materials: (query: Query, signal?: AbortSignal) => get<Page<MaterialView>>('/v1/materials', query, signal),
    locations: (query: Query, signal?: AbortSignal) => get<Page<LocationView>>('/v1/locations', query, signal),
  }
}
/** See {@link makeApi}. */
export type Api = ReturnType<typeof makeApi>

const mostItems = 50_000

/** All items of a list, page by page. A list that is too long is an error: a part of it would look like the whole. */
export const allOf = async <A>(
  page: (query: Query) => Promise<Page<A>>,
  query: Query,
  most = mostItems,
): Promise<readonly A[]> => {
  const items: A[] = []
  let cursor: string | undefined
  while (items.length < most) {
    const { items: more, next } = await page({ ...query, limit: 200, cursor })
    items.push(...more)
    if (next === null) return items
    cursor = next
  }
  throw new Error(`There are more than ${most} rows: choose a smaller place, or filter otherwise.`)
}
