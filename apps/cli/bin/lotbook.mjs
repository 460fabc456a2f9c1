#!/usr/bin/env node
process.env.NODE_ENV ??= 'production'
const { endUnwritten, endUntold, goOnUntold, main } = await import('../dist/lotbook.js')

process.stderr.on('error', goOnUntold)

let isListening = false
const print = (line) => {
  if (!isListening) process.stdout.on('error', endUnwritten)
  isListening = true
  process.stdout.write(`${line}\n`)
}

process.exitCode = await main(process.argv.slice(2), {
  env: process.env,
  print,
  tell: (line) => process.stderr.write(`${line}\n`),
})
endUntold()
