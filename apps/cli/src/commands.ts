import type { Command } from './surroundings.ts'

/** The commands, in the order in which `--help` lists them. Their code is loaded only when it is asked for. */
export const commands: Readonly<
  Record<string, { readonly summary: string; readonly load: () => Promise<{ readonly command: Command }> }>
> = {
  terminal: {
    summary: 'work with lots on the screen (what lotbook does by itself, where there is one)',
    load: () => import('./commands/terminal.ts'),
  },
  lots: { summary: 'list lots', load: () => import('./commands/lots.ts') },
  lot: { summary: 'show a lot, and what may be done with it', load: () => import('./commands/lot.ts') },
  records: { summary: 'list lot records, newest first', load: () => import('./commands/records.ts') },
  stock: { summary: 'list what lies where', load: () => import('./commands/stock.ts') },
  status: { summary: 'say whether the ledger answers', load: () => import('./commands/status.ts') },
  start: {
    summary: 'make the sample plant where there is nothing yet, then serve (what npm start runs)',
    load: () => import('./commands/start.ts'),
  },
  serve: { summary: 'serve the HTTP API', load: () => import('./commands/serve.ts') },
  keys: { summary: 'make, list and revoke API keys', load: () => import('./commands/keys.ts') },
  seed: { summary: 'write the sample plant into an empty ledger', load: () => import('./commands/seed.ts') },
  verify: {
    summary: 'recompute balances, totals, statuses and the chain of hashes',
    load: () => import('./commands/verify.ts'),
  },
  checkpoint: {
    summary: 'print the end of the chain, to keep elsewhere',
    load: () => import('./commands/checkpoint.ts'),
  },
  backup: { summary: 'copy the ledger into a file while it is in use', load: () => import('./commands/backup.ts') },
  copy: {
    summary: 'make the same ledger in another file or PostgreSQL database',
    load: () => import('./commands/copy.ts'),
  },
  export: {
    summary: 'write the ledger, or one kind of thing, as NDJSON or CSV',
    load: () => import('./commands/export.ts'),
  },
  import: { summary: 'save what a file of rows holds (NDJSON or CSV)', load: () => import('./commands/import.ts') },
  epcis: { summary: 'write and read events of EPCIS 2.0', load: () => import('./commands/epcis.ts') },
  trace: { summary: 'say where a lot came from and where it went', load: () => import('./commands/trace.ts') },
  recall: {
    summary: 'say what a lot reached and who got it; hold all of it',
    load: () => import('./commands/recall.ts'),
  },
  policy: { summary: 'show or set the policy of the ledger', load: () => import('./commands/policy.ts') },
}
