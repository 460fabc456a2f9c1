import { NotFound } from '@lotbook/domain'
import { Effect } from 'effect'
import type { Operation } from '../operation.ts'
import { type PageFile, pageFile, pageFiles } from '../page-files.ts'

const tag = 'Operations'

const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Lotbook: trace a lot</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/trace/styles.css">
</head>
<body>
<div id="app"><noscript><p>This page needs JavaScript. The same trace as text: <code>lotbook trace LOT</code>.</p></noscript></div>
<script src="/trace/page.js"></script>
</body>
</html>
`

// Everything comes from this server, and nothing that a name or a note holds can become a script or a style.
const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types lotbook',
].join('; ')

const part = (name: PageFile): Operation => ({
  method: 'GET',
  path: `/trace/${name}`,
  id: `getTracePage ${name}`,
  tag,
  summary: 'A part of the page',
  isPublic: true,
  isHidden: true,
  answers: {},
  handle: () =>
    Effect.flatMap(
      Effect.promise(() => pageFile(name)),
      (text) =>
        text === undefined
          ? Effect.fail(new NotFound({ kind: 'file in this build', idOrName: name }))
          : Effect.succeed({
              status: 200 as const,
              text,
              headers: {
                'Content-Type': pageFiles[name],
                'Cache-Control': 'no-cache',
                // A worker has a policy of its own: this one asks for nothing.
                'Content-Security-Policy': "default-src 'none'",
              },
            }),
    ),
})

/** The page on which lots are traced. It holds no data: it asks for a key, and then the API. */
export const tracePageRoutes: readonly Operation[] = [
  {
    method: 'GET',
    path: '/trace',
    id: 'getTracePage',
    tag,
    summary: 'Trace lots on a page',
    description:
      'A page for people: search a lot, see where it came from and where it went. It asks for an API key and keeps it until the tab is closed. It needs no network but this server. `/trace#lot=` with the id of a lot opens it there.',
    isPublic: true,
    answers: { 200: { description: 'The page.', contentType: 'text/html' } },
    handle: () =>
      Effect.succeed({
        status: 200,
        text: page,
        headers: { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': pagePolicy },
      }),
  },
  ...Object.keys(pageFiles).map((name) => part(name as PageFile)),
]
