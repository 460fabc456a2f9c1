// Puts the program and what it imports into few files: read one by one, the modules of its libraries take longer than
// a person waits for a first screen.
import { cpSync, readdirSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const dist = fileURLToPath(new URL('../dist/', import.meta.url))
for (const name of readdirSync(dist)) if (name.startsWith('part-')) rmSync(`${dist}${name}`)

await build({
  entryPoints: {
    lotbook: `${dist}main.js`,
    // Where everything stands on a picture is found out in a thread of its own.
    'place-worker': fileURLToPath(new URL('../../http/dist/picture/place-worker.js', import.meta.url)),
  },
  outdir: dist,
  chunkNames: 'part-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  // Native code, what is loaded only with PostgreSQL, and what Ink loads only for its own developers.
  external: ['better-sqlite3', 'pg', 'react-devtools-core'],
  // Libraries in the older format ask for Node's own modules by require.
  banner: {
    js: `import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);`,
  },
  define: { 'process.env.NODE_ENV': '"production"' },
  logLevel: 'warning',
})
// The HTTP face reads it from beside its own code.
cpSync(new URL('../../http/dist/public', import.meta.url), `${dist}public`, { recursive: true })
cpSync(new URL('../../page/dist/public', import.meta.url), `${dist}public/trace`, { recursive: true })
