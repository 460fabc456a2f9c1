import { rowKey } from '../../known.ts'
import { canonicalContent, chainHash, firstHash, type Sha256 } from '../../ledger/chain.ts'
import type { Lot } from '../../lot/lot.ts'
import { applyLotEntry } from '../../lot-record/apply.ts'
import type { Checkpoint, Mismatch, Verification } from '../../store.ts'
import { headOf, type Tables } from './tables.ts'

const greatestList = 100

const brokenLinks = ({ versions }: Tables, sha256: Sha256): readonly Mismatch[] =>
  versions.flatMap(({ sequence, hash, content, version }, index) => {
    const subject = version.record.id
    const before = versions[index - 1]?.hash ?? firstHash
    const problems = [
      ...(sequence === index + 1 ? [] : [`it should have the sequence ${index + 1}`]),
      ...(canonicalContent(version) === content ? [] : ['its content is not what the record says']),
      ...(chainHash(sha256, before, sequence, content) === hash ? [] : ['its hash does not follow from its content']),
    ]
    return problems.map((problem) => ({ subject, sequence, problem }))
  })

const wrongBalances = ({ lots, versions }: Tables): readonly Mismatch[] => {
  const sums = new Map<string, number>()
  for (const { version } of versions)
    for (const { locationId, lotId, quantity } of version.stockEntries) {
      const key = rowKey(locationId, lotId)
      sums.set(key, (sums.get(key) ?? 0) + quantity)
    }
  return Array.from(lots.values()).flatMap(({ rows }) =>
    Array.from(rows.values()).flatMap(({ id, locationId, lotId, quantity }) => {
      const sum = sums.get(rowKey(locationId, lotId)) ?? 0
      return sum === quantity
        ? []
        : [{ subject: id, sequence: null, problem: `it holds ${quantity} and its entries sum up to ${sum}` }]
    }),
  )
}

const wrongLots = ({ lots, versions }: Tables): readonly Mismatch[] => {
  const entries = versions.flatMap(({ version }) => version.lotEntries)
  return Array.from(lots.values()).flatMap(({ lot }) => {
    const own = entries.filter(({ lotId }) => lotId === lot.id)
    const folded = own.reduce<Lot>(applyLotEntry, { ...lot, status: lot.initialStatus, totalQuantity: 0 })
    const fits = folded.status === lot.status && folded.totalQuantity === lot.totalQuantity
    return fits
      ? []
      : [{ subject: lot.id, sequence: null, problem: 'its status or total is not what its entries make' }]
  })
}

const rewritten = ({ versions }: Tables, { count, head }: Checkpoint): readonly Mismatch[] => {
  const last = versions[count - 1]
  if ((count === 0 ? firstHash : last?.hash) === head) return []
  return [
    { subject: last?.version.record.id ?? 'chain', sequence: count, problem: 'the checkpoint has another hash here' },
  ]
}

/** Recomputes the chain, the balances, and the statuses and totals of the lots. */
export const verify = (tables: Tables, sha256: Sha256, against?: Checkpoint): Verification => ({
  checkpoint: { count: tables.versions.length, head: headOf(tables) },
  records: tables.records.size,
  lots: tables.lots.size,
  inventoryRows: Array.from(tables.lots.values()).reduce((sum, { rows }) => sum + rows.size, 0),
  mismatches: [
    ...brokenLinks(tables, sha256),
    ...(against === undefined ? [] : rewritten(tables, against)),
    ...wrongBalances(tables),
    ...wrongLots(tables),
  ].slice(0, greatestList),
})
