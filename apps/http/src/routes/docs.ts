import { NotFound } from '@lotbook/domain'
import { Effect, Schema } from 'effect'
import { docsScript } from '../docs-script.ts'
import type { Operation } from '../operation.ts'

const tag = 'Operations'

const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>Lotbook API</title>
</head>
<body>
<div id="app"><p>The document itself: <a href="/openapi.json">openapi.json</a></p></div>
<script src="/docs/scalar.js"></script>
<script src="/docs/init.js"></script>
</body>
</html>
`

const init = `Scalar.createApiReference('#app', {
  url: '/openapi.json',
  withDefaultFonts: false,
  telemetry: false,
  showDeveloperTools: 'never',
  agent: { disabled: true },
  mcp: { disabled: true },
  hideClientButton: true,
})
`

// The page may load what this server has, and nothing else; the script writes its own styles.
const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const script = { method: 'GET', tag, isPublic: true, isHidden: true, answers: {} } as const

/** The OpenAPI document, and the page that shows it without anything from elsewhere. */
export const docsRoutes: readonly Operation[] = [
  {
    method: 'GET',
    path: '/openapi.json',
    id: 'getOpenApi',
    tag,
    summary: 'Read this document',
    isPublic: true,
    answers: { 200: { description: 'OpenAPI 3.1.', schema: Schema.Record(Schema.String, Schema.Unknown) } },
    handle: ({ document }) => Effect.sync(() => ({ status: 200, text: document() })),
  },
  {
    method: 'GET',
    path: '/docs',
    id: 'getDocs',
    tag,
    summary: 'Read this document as a page',
    description: 'The page tries requests too. It needs no network but this server.',
    isPublic: true,
    answers: { 200: { description: 'The page.', contentType: 'text/html' } },
    handle: () =>
      Effect.succeed({
        status: 200,
        text: page,
        headers: { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': pagePolicy },
      }),
  },
  {
    ...script,
    path: '/docs/init.js',
    id: 'getDocsInit',
    summary: 'A part of the page',
    handle: () => Effect.succeed({ status: 200, text: init, headers: { 'Content-Type': 'text/javascript' } }),
  },
  {
    ...script,
    path: '/docs/scalar.js',
    id: 'getDocsScript',
    summary: 'A part of the page',
    handle: () =>
      Effect.flatMap(Effect.promise(docsScript), (text) =>
        text === undefined
          ? Effect.fail(new NotFound({ kind: 'script in this build', idOrName: 'scalar.js' }))
          : Effect.succeed({
              status: 200 as const,
              text,
              headers: { 'Content-Type': 'text/javascript', 'Cache-Control': 'public, max-age=86400' },
            }),
      ),
  },
]
