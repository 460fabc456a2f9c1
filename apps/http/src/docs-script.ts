import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

// The build puts the script beside the compiled code. Run from sources, it is where npm put it.
const places = [
  () => new URL('./public/scalar.js', import.meta.url),
  () => new URL('./js/standalone.js', `file://${require.resolve('@scalar/fastify-api-reference')}`),
]

const isMissing = (cause: unknown): boolean =>
  cause instanceof Error && 'code' in cause && ['ENOENT', 'MODULE_NOT_FOUND'].includes(String(cause.code))

const read = async (): Promise<Uint8Array | undefined> => {
  for (const place of places) {
    try {
      return await readFile(place())
    } catch (cause) {
      if (!isMissing(cause)) throw cause
    }
  }
  return undefined
}

let script: Promise<Uint8Array | undefined> | undefined

/** The script that shows the OpenAPI document as a page; undefined where it was not built in. It loads nothing from elsewhere. */
export const docsScript = (): Promise<Uint8Array | undefined> => {
  script ??= read()
  return script
}
