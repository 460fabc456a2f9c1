#!/usr/bin/env node
process.env.NODE_ENV ??= 'production'
const { main } = await import('../dist/lotbook.js')

// Who reads no further, such as `head`, ends the program as SIGPIPE would, without words.
let isListening = false
const print = (line) => {
  if (!isListening)
    process.stdout.on('error', (error) => {
      if (error.code !== 'EPIPE') throw error
      process.exit(141)
    })
  isListening = true
  process.stdout.write(`${line}\n`)
}

process.exitCode = await main(process.argv.slice(2), {
  env: process.env,
  print,
  tell: (line) => process.stderr.write(`${line}\n`),
})
