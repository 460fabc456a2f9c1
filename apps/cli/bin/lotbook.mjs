#!/usr/bin/env node
process.env.NODE_ENV ??= 'production'
const { main } = await import('../dist/lotbook.js')
process.exitCode = await main(process.argv.slice(2), {
  env: process.env,
  print: (line) => process.stdout.write(`${line}\n`),
  tell: (line) => process.stderr.write(`${line}\n`),
})
