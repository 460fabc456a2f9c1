import { type TraceView, traceText } from '@lotbook/domain'
import { Effect } from 'effect'
import { accessHelp, readAccess, withAccess } from '../access.ts'
import { readArguments } from '../arguments.ts'
import { exitCode, Stop } from '../exit-code.ts'
import { asTyped, optionsOf } from '../plain/as-typed.ts'
import { findLot } from '../plain/find-lot.ts'
import { SettingsReader } from '../settings.ts'
import type { Command } from '../surroundings.ts'
import { thereIsMore, traceTree } from '../trace-tree.ts'

const formats = { json: 'JSON', csv: 'CSV', mermaid: 'MERMAID', dot: 'DOT', svg: 'SVG' } as const
type Format = keyof typeof formats

const flags = {
  ...({ material: 'text', direction: 'text', depth: 'text', 'as-of': 'text', limit: 'text', detail: 'text' } as const),
  ...({ db: 'text', url: 'text', json: 'yes', csv: 'yes', mermaid: 'yes', dot: 'yes', svg: 'yes' } as const),
}

const names = optionsOf(flags)

const drawn = async (trace: TraceView): Promise<string> => {
  // What draws is large: loaded only here.
  const { traceSvg } = await import('@lotbook/picture/svg')
  const made = traceSvg(trace)
  if ('why' in made) throw new Stop(`SVG ${made.why}`, { code: exitCode.refused })
  return made.svg.trimEnd()
}

const linesOf = async (trace: TraceView, format: Format | undefined): Promise<readonly string[]> => {
  if (format === undefined) return [...traceTree(trace)]
  if (format === 'svg') return [await drawn(trace)]
  return [[...traceText[formats[format]](trace)].join('').replace(/(?:\r?\n)+$/u, '')]
}

/** Says where a lot came from and where it went. */
export const command: Command = {
  help: `Usage: lotbook trace LOT [--material PATH] [--direction ancestors|descendants|both] [--depth N] [--as-of TIME]
                    [--limit N] [--json [--detail full|basic]|--csv|--mermaid|--dot|--svg]

Traces a lot, given by its id or its name, with --material where several have that name: what it was made of and what
it went into, to any depth, with quantities and shares. --as-of leaves out what is effective later, and shows status and
stock as they were then. --detail basic leaves ids, depths and quantities, in a fraction of the time.

Ends with 1 where it was cut off: there are more lots than --limit (10000) on a side.

${accessHelp}`,
  run: async ({ args, env, print, tell }) => {
    const typed = readArguments(args, flags, { least: 1, names: ['LOT'] })
    const reader = new SettingsReader(env, typed.errors)
    const settings = readAccess(reader, typed.flags)
    const asked = (Object.keys(formats) as Format[]).filter((name) => typed.flags[name])
    if (asked.length > 1) reader.refuse(`${asked.map((name) => `--${name}`).join(' and ')} do not go together`)
    const { material, direction, depth, limit, detail } = typed.flags
    if (detail !== undefined && asked[0] !== 'json') reader.refuse('--detail goes with --json')
    reader.finish()
    const query = { direction, depth, limit, detail, asOf: typed.flags['as-of'] }
    const { lines, truncated } = await withAccess(settings, (access) =>
      asTyped(names, async () => {
        const { inventory, caller } = access
        const lot = (await findLot(access, typed.words[0] ?? '', material)).id ?? ''
        if (detail?.toUpperCase() === 'BASIC') {
          const basic = await Effect.runPromise(inventory.traceLotBasic(lot, query, caller))
          return { lines: [JSON.stringify(basic)], truncated: basic.truncated }
        }
        const trace = await Effect.runPromise(inventory.traceLot(lot, query, caller))
        return { lines: await linesOf(trace, asked[0]), truncated: trace.truncated }
      }),
    )
    for (const line of lines) print(line)
    if (!truncated) return exitCode.ok
    if (asked.length > 0) tell(thereIsMore)
    return exitCode.mismatch
  },
}
