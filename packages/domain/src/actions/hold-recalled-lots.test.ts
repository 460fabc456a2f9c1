import { Result } from 'effect'
import { describe, expect, it } from 'vitest'
import type { Ulid } from '../identifiers/ulid.ts'
import type { Known } from '../known.ts'
import type { AffectedLot } from '../recall/affected.ts'
import { makePlant, ulidOf } from '../testing/fixtures.ts'
import { holdRecalledLots, largestHold } from './hold-recalled-lots.ts'

const stamp = { now: 0, actor: 'ada', newId: () => 'x' as Ulid, grants: [], expectedVersion: undefined }

describe('a hold', () => {
  it('takes 10,000 lots, and not one more', async () => {
    const plant = await makePlant()
    const id = ulidOf(await plant.lot('A', { stock: 1 }))
    const lot: AffectedLot = {
      ...{ id, name: 'A', materialPath: 'Raw/Sugar', status: 'AVAILABLE', unitOfMeasureSymbol: 'kg' },
      ...{ onHand: 1, liesNow: true, hasStock: true, ahead: [] },
    }
    const decided = (count: number) => {
      const lots = Array.from({ length: count }, () => lot)
      const known: Partial<Known> = {
        policy: 'standard',
        lots: new Map(),
        lastStatusChanges: new Map(),
        affected: { truncated: false, lots },
      }
      const decoded = holdRecalledLots.decode({ idOrName: id, request: {} })
      return holdRecalledLots.decide({ ...known, reasonCodes: new Map() } as Known, decoded, stamp)
    }
    expect(Result.getOrThrow(Result.flip(decided(largestHold + 1)))).toMatchObject({
      ...{ _tag: 'ActionRefused', lotName: 'A' },
      reason: '10001 lots would be put on QA_HOLD, and one hold takes at most 10000',
    })
    // These lots were not loaded: it went on to the first of them.
    expect(Result.getOrThrow(Result.flip(decided(largestHold)))).toMatchObject({
      violations: { lotId: ['no lot has this id'] },
    })
  })
})
