// Puts the script of the page /docs beside the compiled code, so that the page needs no network and no dependency.
import { copyFileSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const from = join(dirname(fileURLToPath(import.meta.resolve('@scalar/fastify-api-reference'))), 'js', 'standalone.js')
const folder = join(import.meta.dirname, '..', 'dist', 'public')
mkdirSync(folder, { recursive: true })
copyFileSync(from, join(folder, 'scalar.js'))
