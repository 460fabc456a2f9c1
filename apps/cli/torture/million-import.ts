import { strictEqual } from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { InventoryView, Page } from '@lotbook/domain'
import { openStore } from '@lotbook/repository'
import { Effect } from 'effect'
import { writeImportFile } from './import-file.ts'
import type { Torture } from './torture.ts'

const program = fileURLToPath(new URL('../bin/lotbook.mjs', import.meta.url))

interface Ran {
  readonly code: number | null
  readonly stdout: string
  readonly seconds: number
  readonly mebibytes: number
}

// The greatest memory that a process ever had, as Linux says it; 0 elsewhere.
const peakOf = (pid: number): number => {
  try {
    const [, kibibytes = '0'] = /VmHWM:\s+(\d+)/u.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    return Number(kibibytes) / 1024
  } catch (error) {
    if (error instanceof Error) return 0
    throw error
  }
}

const lotbook = (args: readonly string[], tell: (line: string) => void, killAt = 101): Promise<Ran> =>
  new Promise((resolve) => {
    const started = Date.now()
    const child = spawn(process.execPath, [program, ...args])
    let stdout = ''
    let mebibytes = 0
    const watching = setInterval(() => {
      mebibytes = Math.max(mebibytes, peakOf(child.pid ?? 0))
    }, 100)
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      tell(`  ${text.trim()}`)
      if (Number(/^(\d+) %/u.exec(text)?.[1] ?? 0) >= killAt) child.kill('SIGKILL')
    })
    child.once('close', (code) => {
      clearInterval(watching)
      resolve({ code, stdout: stdout.trim(), seconds: (Date.now() - started) / 1000, mebibytes })
    })
  })

const stockOf = async (filename: string): Promise<number> => {
  const { store, close } = await openStore({ filename })
  let sum = 0
  let after: string | null = null
  do {
    const page: Page<InventoryView> = await Effect.runPromise(
      store.findInventory({ limit: 200, after, now: Date.now() }),
    )
    for (const row of page.items) sum += row.quantity
    after = page.next
  } while (after !== null)
  await close()
  return sum
}

/** Imports a million records, killed in the middle with kill -9 and begun again; another number may be given. */
export const millionImport: Torture = async ({ folder, tell, args: [count = '1000000'] }) => {
  const file = join(folder, 'records.ndjson')
  const db = join(folder, 'plant.db')
  const expected = await writeImportFile(file, Number(count))
  tell(`${expected.rows} rows in ${Math.round(statSync(file).size / 2 ** 20)} MiB`)

  const importing = ['import', file, '--db', db]
  const killed = await lotbook(importing, tell, 45)
  tell(`killed after ${killed.seconds.toFixed(1)} s: at most ${killed.mebibytes.toFixed(0)} MiB of memory`)
  strictEqual(killed.code, null)
  const resumed = await lotbook(importing, tell)
  tell(`resumed for ${resumed.seconds.toFixed(1)} s: at most ${resumed.mebibytes.toFixed(0)} MiB; ${resumed.stdout}`)
  strictEqual(resumed.stdout, `${expected.rows} rows: ${expected.rows} saved, 0 already there, 0 refused`)
  strictEqual(resumed.code, 0)
  const seconds = killed.seconds + resumed.seconds
  tell(
    `${Math.round(expected.rows / seconds)} rows/s over both; ${Math.round(statSync(db).size / 2 ** 20)} MiB on disk`,
  )

  const verified = await lotbook(['verify', '--db', db], tell)
  tell(`verified in ${verified.seconds.toFixed(1)} s: ${verified.stdout.split('\n')[0] ?? ''}`)
  strictEqual(verified.code, 0)
  strictEqual(Number(/^all fits: (\d+) records/u.exec(verified.stdout)?.[1]), expected.records)
  strictEqual(await stockOf(db), expected.stock)
  tell(`${expected.records} records and ${expected.stock} kg, as if it had never been killed`)
}
