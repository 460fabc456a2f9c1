import { describe, expect, it } from 'vitest'
import type { RecordVersion } from '../lot-record/lot-record.ts'
import { makePlant, type Plant } from '../testing/fixtures.ts'
import * as hand from '../testing/memory/by-hand.ts'
import { sha256 } from '../testing/sha256.ts'
import { canonicalContent, chainHash, firstHash, readContent } from './chain.ts'

const kg = hand.unit('kg')
const sugar = hand.material('Raw/Sugar', kg.id)
const dock = hand.location('Plant/Dock')
const lot = hand.lot('A', sugar)
const at = Date.UTC(2026, 10, 5)

const versions: readonly RecordVersion[] = [
  hand.versionOf(hand.record('CONSUME', lot, at, { posted: false }), {}),
  hand.versionOf(
    hand.record('SHIP', lot, at, {
      quantity: 1,
      endDate: at + 1,
      notes: '"quoted" \\ 🧀\n',
      spare1: '',
      enabled: false,
      productionOrderName: '__proto__',
    }),
    {
      stock: [hand.stockEntry(dock, lot, -1, at + 1)],
      lots: [
        hand.lotEntry(lot, at + 1, { status: ['AVAILABLE', 'SHIPPED'], expiration: [null, at], closed: [at, null] }),
        hand.lotEntry(lot, at + 1, { total: -5 }),
      ],
      takesBack: [{ consumeRecordId: hand.newId(), quantity: -3 }],
    },
  ),
]

/** The hash that a store wrote for each version, and what it is the hash of. */
const chainOf = async (plant: Plant) => {
  const { versions: written } = (await plant.dump()) as {
    readonly versions: readonly { readonly sequence: number; readonly hash: string; readonly content: string }[]
  }
  return written
}

describe('the canonical content of a version', () => {
  it('is read back as the version it was', () => {
    for (const version of versions) expect(readContent(canonicalContent(version))).toEqual(version)
  })

  it('does not depend on the order in which a record was put together', () => {
    for (const version of versions) {
      const record = Object.fromEntries(
        Object.entries(version.record).toReversed(),
      ) as unknown as RecordVersion['record']
      expect(canonicalContent({ ...version, record })).toBe(canonicalContent(version))
    }
  })

  it('differs where anything differs, but for what is derived from other records', () => {
    for (const version of versions) {
      const content = canonicalContent(version)
      for (const [field, value] of Object.entries(version.record)) {
        const other = typeof value === 'boolean' ? !value : value === 'x' ? 'y' : 'x'
        const changed = { ...version, record: { ...version.record, [field]: other } } as RecordVersion
        expect(canonicalContent(changed) === content, field).toBe(field === 'reversedBy')
      }
      expect(canonicalContent({ ...version, writtenBy: 'eve' })).not.toBe(content)
      expect(canonicalContent({ ...version, writtenDate: at })).not.toBe(content)
      for (const part of ['stockEntries', 'lotEntries', 'takesBack'] as const)
        expect(canonicalContent({ ...version, [part]: [] }) === content).toBe(version[part].length === 0)
    }
  })

  it('is written in one fixed form: what is stored today can be verified in ten years', () => {
    const [, version] = versions as [RecordVersion, RecordVersion]
    const { id, inventoryLotId } = version.record
    const [taken] = version.takesBack
    expect(canonicalContent(version)).toBe(
      `{"record":{"id":"${id}","lotRecordType":"SHIP","status":"COMPLETED","inventoryLotId":"${inventoryLotId}",` +
        `"quantity":1,"startDate":1793836800000,"endDate":1793836800001,"productionOrderName":"__proto__","posted":true,` +
        `"version":1,"policy":"standard","notes":"\\"quoted\\" \\\\ 🧀\\n","enabled":false,"spare1":"",` +
        `"createdDate":1795392000000,"createdBy":"ada"},"stock":[["${dock.id}","${lot.id}",-1,1793836800001]],` +
        `"lots":[["${lot.id}",1793836800001,["AVAILABLE","SHIPPED"],[null,1793836800000],[1793836800000,null],0],` +
        `["${lot.id}",1793836800001,null,null,null,-5]],"takesBack":[["${taken?.consumeRecordId}",-3]],` +
        `"writtenDate":1795392000000,"writtenBy":"ada"}`,
    )
  })
})

describe('the hash of a version', () => {
  it('covers the sequence, the hash before it and the content', () => {
    const hash = chainHash(sha256, firstHash, 1, 'content')
    expect(hash).toBe(sha256(`1\n${'0'.repeat(64)}\ncontent`))
    expect(chainHash(sha256, firstHash, 2, 'content')).not.toBe(hash)
    expect(chainHash(sha256, hash, 1, 'content')).not.toBe(hash)
    expect(chainHash(sha256, firstHash, 1, 'contents')).not.toBe(hash)
  })

  it('follows in a store from the one before it', async () => {
    const plant = await makePlant()
    const id = await plant.lot('A', { stock: 10 })
    await plant.consume(id, 1, 5)
    const written = await chainOf(plant)
    expect(written).toHaveLength(3)
    for (const [index, { sequence, hash, content }] of written.entries()) {
      expect(sequence).toBe(index + 1)
      expect(hash).toBe(chainHash(sha256, written[index - 1]?.hash ?? firstHash, sequence, content))
    }
  })
})
