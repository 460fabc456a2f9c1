import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readManifest, root } from './workspace.ts'

// What somebody has who installs the package from a registry: no workspace, no sources of ours, no custom condition.

const program = `import * as domain from '@lotbook/domain'

const names: string[] = Object.keys(domain)
if (names.length === 0) throw new Error('@lotbook/domain exports nothing')
console.log(\`\${names.length} exports\`)
`

// The declarations of effect name types of the DOM, those of ulid types of Node.
const compilerOptions = {
  target: 'es2023',
  lib: ['es2023', 'dom'],
  module: 'nodenext',
  types: ['node'],
  strict: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: false,
}

const folder = mkdtempSync(join(tmpdir(), 'lotbook-packed-'))
const run = (command: string, args: readonly string[]) =>
  execFileSync(command, args, { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'] })
const ask = (command: string, args: readonly string[], cwd: string) =>
  execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })
const write = (file: string, text: string) => writeFileSync(join(folder, file), text)

try {
  const pack = ['pack', '--json', '--pack-destination', folder, '--workspace', '@lotbook/domain']
  const packed = JSON.parse(ask('npm', pack, root)) as { filename: string; files: { path: string }[] }[]
  const [tarball] = packed
  if (tarball === undefined) throw new Error('npm pack made nothing')
  const strays = tarball.files.filter(({ path }) => /\.test\.|tsbuildinfo|^test\//.test(path))
  if (strays.length > 0) throw new Error(`the tarball carries ${strays.map(({ path }) => path).join(', ')}`)

  write('package.json', JSON.stringify({ name: 'consumer', private: true, type: 'module' }))
  write('tsconfig.json', JSON.stringify({ compilerOptions, include: ['main.ts'] }))
  write('main.ts', program)
  const { devDependencies } = readManifest('.')
  const tools = ['typescript', '@types/node'].map((name) => `${name}@${devDependencies?.[name]}`)
  const quiet = ['--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
  run('npm', ['install', ...quiet, `./${tarball.filename}`, ...tools])
  run(join(folder, 'node_modules', '.bin', 'tsc'), [])
  console.log(`${tarball.filename}: ${tarball.files.length} files, ${ask('node', ['main.js'], folder).trim()}`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
