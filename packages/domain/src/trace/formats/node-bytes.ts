import { showUlid } from '../../identifiers/ulid.ts'
import { effectiveStatus } from '../../lot/lot.ts'
import { lastName } from '../../master-data/master-data.ts'
import type { Instant } from '../../time/instant.ts'
import type { TracedLot } from '../questions.ts'
import { shownIdLength, writeShownId } from '../shown-id.ts'
import { type NodeFacts, sharesOfNode } from '../trace-view.ts'
import { type ByteText, type Stamp, stampOf } from './byte-text.ts'
import { kept } from './kept.ts'

const json = JSON.stringify

/** Writes nodes as JSON, field by field as a `TraceNode` has them. */
export const nodeWriter = (out: ByteText, moment: Instant): ((lot: TracedLot, facts: NodeFacts) => void) => {
  const head = stampOf('{"lotId":"', shownIdLength, '","lotName":')
  const materials = kept((traced: TracedLot) => {
    const { path } = traced.material
    const facts = { materialId: showUlid(traced.lot.materialId), materialPath: path, materialName: lastName(path) }
    return stampOf(`,${json(facts).slice(1, -1)},"status":"`)
  })
  const units = kept((symbol: string) => stampOf(`,"unitOfMeasureSymbol":${json(symbol)},"reach":"`))
  const stamps = {
    effectiveStatus: stampOf('","effectiveStatus":"'),
    onHand: stampOf('","onHand":'),
    totalQuantity: stampOf(',"totalQuantity":'),
    depth: stampOf('","depth":'),
    isTerminal: stampOf(',"terminal":true,'),
    goesOn: stampOf(',"terminal":false,'),
  }
  const sharesText = (facts: NodeFacts): string => `${json(sharesOfNode(facts)).slice(1)}`
  const noShares: Stamp = stampOf(
    sharesText({
      ...{ reach: 'SELF', depth: 0, terminal: false },
      ...{ share: undefined, originShare: undefined, shareUnit: undefined },
    }),
  )
  return (traced, facts) => {
    const { lot, unit } = traced
    const at = out.stamp(head)
    writeShownId(out.bytes, at + (head.gaps[0] as number), lot.id, 0)
    out.text(json(lot.name))
    out.stamp(materials(traced.lot.materialId, traced))
    out.text(lot.status)
    out.stamp(stamps.effectiveStatus)
    out.text(effectiveStatus(lot, moment))
    out.stamp(stamps.onHand)
    out.quantity(traced.onHand)
    out.stamp(stamps.totalQuantity)
    out.quantity(lot.totalQuantity)
    out.stamp(units(unit.symbol, unit.symbol))
    out.text(facts.reach)
    out.stamp(stamps.depth)
    out.text(String(facts.depth))
    out.stamp(facts.terminal ? stamps.isTerminal : stamps.goesOn)
    if (facts.share === undefined && facts.originShare === undefined) out.stamp(noShares)
    else out.text(sharesText(facts))
  }
}
