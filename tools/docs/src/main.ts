import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { documents } from './documents.ts'

// `npm run docs` writes the generated reference; with `-- --check` it writes nothing and fails where a file is stale.

const root = join(import.meta.dirname, '..', '..', '..')
const check = process.argv.includes('--check')

for (const { path, write } of documents) {
  const file = join(root, path)
  const text = await write()
  if (existsSync(file) && readFileSync(file, 'utf8') === text) continue
  if (check) {
    console.error(`${path} is stale: run npm run docs`)
    process.exitCode = 1
  } else {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
    console.log(`wrote ${path}`)
  }
}
