/** How much the server takes. Each limit is tested at n and at n + 1; the table in `docs/reference/limits.md` is made from this. */
export const limits = {
  /** Bytes of a request body; more is answered 413. */
  bodyBytes: 1024 * 1024,
  /** Values (members and elements) in a request body; more is answered 400. */
  bodyValues: 1000,
  /** How deep objects and lists may lie in each other in a request body; deeper is answered 400. */
  bodyDepth: 32,
  /** Bytes of the request line and all headers; more is answered 431. */
  headerBytes: 16 * 1024,
  /** Characters of path and query; more is answered 414. */
  urlCharacters: 8 * 1024,
  /** Characters of an idempotency key; more is answered 400. */
  idempotencyKeyCharacters: 255,
  /** Characters of a request id that a client may give; a longer one is replaced. */
  requestIdCharacters: 128,
  /** How long an answer is kept for its idempotency key, in milliseconds: 7 days. */
  receiptMilliseconds: 7 * 24 * 60 * 60 * 1000,
  /** How long the headers of a request may take, in milliseconds; then 408. */
  headersMilliseconds: 10_000,
  /** How long a whole request may take to arrive, in milliseconds; then 408. */
  requestMilliseconds: 30_000,
  /** How long an idle connection is kept, in milliseconds. */
  keepAliveMilliseconds: 10_000,
  /** How often connections are looked at for the three times above, in milliseconds. */
  checkMilliseconds: 2_000,
  /** Connections at one time; more are closed at once. */
  connections: 1_024,
  /** How long running requests may take to finish when the server stops, in milliseconds. */
  stopMilliseconds: 10_000,
  /** What `Retry-After` says when the store is not available, in seconds. */
  retryAfterSeconds: 1,
} as const
/** See {@link limits}. */
export type Limits = { readonly [K in keyof typeof limits]: number }
