import { basicNodesOf, basicWholeOf, type GatheredBasic } from '../basic-trace.ts'
import { copyShownId, shownIdLength } from '../shown-id.ts'
import type { TraceNode } from '../trace-view.ts'
import { ByteText, stampOf } from './byte-text.ts'
import { edgeWriter } from './edge-bytes.ts'
import { kept } from './kept.ts'

const headOf = (reach: TraceNode['reach']) => stampOf('{"lotId":"', shownIdLength, `","reach":"${reach}","depth":`)
const isTerminal = stampOf(',"terminal":true}')
const goesOn = stampOf(',"terminal":false}')

/** Writes what was gathered as the JSON of its `BasicTraceView`, piece by piece, in UTF-8. */
export function* basicBytes(gathered: GatheredBasic): Generator<Uint8Array> {
  const { lots, table, froms } = gathered
  const out = new ByteText()
  out.text(`${JSON.stringify(basicWholeOf(gathered)).slice(0, -1)},"nodes":[`)
  const ids = new DataView(lots.ids.buffer)
  const heads = kept(headOf)
  for (const { place, reach, depth, terminal } of basicNodesOf(gathered)) {
    if (reach !== 'SELF') out.text(',')
    const head = heads(reach, reach)
    const at = out.stamp(head)
    copyShownId(out.view, at + (head.gaps[0] as number), ids, place)
    out.text(String(depth))
    out.stamp(terminal ? isTerminal : goesOn)
    if (out.hasFull) yield* out.take()
  }
  out.text('],"edges":[')
  const writeEdge = edgeWriter(gathered, lots, table, out, false)
  for (let place = 0; place < froms.length; place++) {
    if (place > 0) out.text(',')
    writeEdge(place)
    if (out.hasFull) yield* out.take()
  }
  out.text(']}')
  yield* out.end()
}
