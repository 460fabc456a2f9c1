import process from 'node:process'
import { configureGlobal } from 'fast-check'

// What is drawn at random is drawn from one seed, the same on every machine. LOTBOOK_SEED draws something else.
configureGlobal({ seed: Number(process.env['LOTBOOK_SEED'] ?? 1) })
