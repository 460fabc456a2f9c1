import { showUlid } from '../../identifiers/ulid.ts'
import { showInstant } from '../../time/instant.ts'
import { type Gathered, nodesOf, wholeOf } from '../gather.ts'
import { tableOfLots } from '../lot-table.ts'
import { ByteText } from './byte-text.ts'
import { edgeWriter } from './edge-bytes.ts'
import { nodeWriter } from './node-bytes.ts'

/** Writes what was gathered as the JSON of its `TraceView`, piece by piece, in UTF-8. */
export function* traceBytes(gathered: Gathered): Generator<Uint8Array> {
  const { query, at, root, keys, lots, froms, table } = gathered
  const out = new ByteText()
  const terminals = new Set<string>()
  const lotId = lots.get(root)?.lot.id
  const whole = {
    lotId: lotId === undefined ? '' : showUlid(lotId),
    direction: query.direction,
    depth: query.depth,
    asOf: query.asOf === null ? null : showInstant(query.asOf),
    ...wholeOf(gathered),
  }
  out.text(`${JSON.stringify(whole).slice(0, -1)},"nodes":[`)
  const node = nodeWriter(out, at)
  let isFirst = true
  for (const [traced, facts] of nodesOf(gathered)) {
    if (!isFirst) out.text(',')
    isFirst = false
    node(traced, facts)
    if (facts.terminal) terminals.add(traced.lot.id)
    if (out.hasFull) yield* out.take()
  }
  out.text('],"edges":[')
  const writeEdge = edgeWriter(gathered, tableOfLots(keys, lots), table, out, true)
  for (let place = 0; place < froms.length; place++) {
    if (place > 0) out.text(',')
    writeEdge(place)
    if (out.hasFull) yield* out.take()
  }
  out.text('],"terminalNodes":[')
  isFirst = true
  for (const id of terminals) {
    out.text(`${isFirst ? '' : ','}"${showUlid(id as Parameters<typeof showUlid>[0])}"`)
    isFirst = false
    if (out.hasFull) yield* out.take()
  }
  out.text(']}')
  yield* out.end()
}
