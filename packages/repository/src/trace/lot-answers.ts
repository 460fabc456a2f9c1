import type { LotStatus, Questions, TracedLot, Ulid } from '@lotbook/domain'
import { sql } from 'kysely'
import type { Dialect } from '../dialect.ts'
import { type LotColumns, lotNow, lotThen } from '../find/lot-at-moment.ts'
import { type Counting, effectiveBy, today } from '../find/moment.ts'
import { all, type Call, type Program } from '../program.ts'
import { statement } from '../statement.ts'
import { packedStatement } from './packed.ts'

interface LotsAsked extends Counting {
  readonly lots: string
}

interface LotRow {
  readonly id: number
  readonly ulid: Ulid
  readonly name: string
  readonly status: LotStatus
  readonly total_quantity: number
  readonly expires_at: number | null
  readonly material: number
  readonly unit: number
  readonly on_hand: number
}

interface MaterialRow {
  readonly id: number
  readonly ulid: Ulid
  readonly path: string
  readonly description: string | null
}

interface UnitRow {
  readonly id: number
  readonly ulid: Ulid
  readonly symbol: string
}

interface LotColumnsRow {
  readonly ids: string
  readonly units: string
}

/** Answers what lots are called, and how they are or were at a moment: made for each walk. */
export const makeLotAnswers = (dialect: Dialect) => {
  const { db, each, inOrderOfList, joined, listOf } = dialect
  const lotsBy = (columnsOf: (p: LotsAsked) => LotColumns) =>
    packedStatement<LotsAsked, LotRow>(
      dialect,
      ['id', 'ulid', 'name', 'status', 'total_quantity', 'expires_at', 'material', 'unit', 'on_hand'],
      (p) => {
        const { status, totalQuantity, expiresAt, onHand } = columnsOf(p)
        return sql<LotRow>`select lot.id, lot.ulid, lot.name, ${status} as status, ${totalQuantity} as total_quantity,
          ${expiresAt} as expires_at, lot.material, lot.unit, ${onHand} as on_hand
          from ${each(p.lots)} as j cross join lot where lot.id = j.value`
      },
    )
  const [lotsNow, lotsThen] = [lotsBy(() => lotNow), lotsBy(lotThen)]
  const materialsIn = statement<{ readonly keys: string }, MaterialRow>((p) => {
    const query = sql<MaterialRow>`select material.id, material.ulid, material.path, material.description
      from ${each(p.keys)} as j cross join material where material.id = j.value`
    return { compile: () => query.compile(db) }
  })
  const unitsIn = statement<{ readonly keys: string }, UnitRow>((p) => {
    const query = sql<UnitRow>`select unit.id, unit.ulid, unit.symbol
      from ${each(p.keys)} as j cross join unit where unit.id = j.value`
    return { compile: () => query.compile(db) }
  })
  const lotColumnsOf = statement<{ readonly lots: string }, LotColumnsRow>((p) => {
    const query = sql<LotColumnsRow>`select ${joined(sql`ulid`)} as ids, ${listOf(sql`unit`)} as units
      from (select lot.ulid, lot.unit from ${each(p.lots)} as j cross join lot where lot.id = j.value
        ${inOrderOfList('j')}) as packed`
    return { compile: () => query.compile(db) }
  })

  /** Rows of a table by their keys, for one walk: many lots are of few materials and units. */
  const byKey = <R extends { readonly id: number }>(rowsOf: (values: { readonly keys: string }) => Call<R>) => {
    const known = new Map<number, R>()
    return function* (keys: readonly number[]): Program<ReadonlyMap<number, R>> {
      const missing = [...new Set(keys)].filter((key) => !known.has(key))
      if (missing.length > 0)
        for (const row of yield* all(rowsOf({ keys: JSON.stringify(missing) }))) known.set(row.id, row)
      return known
    }
  }

  return () => {
    const [materialsBy, unitsBy] = [byKey(materialsIn), byKey(unitsIn)]

    function* lots(question: Questions['lots']['ask']): Program<Questions['lots']['answer']> {
      const { asOf } = question
      const asked = { lots: JSON.stringify(question.lots), ...(asOf === null ? today : effectiveBy(asOf)) }
      const found = yield* (asOf === null ? lotsNow : lotsThen)(asked)
      const materials = yield* materialsBy(found.material)
      const units = yield* unitsBy(found.unit)
      return found.id.map((key, at): TracedLot => {
        const material = materials.get(found.material[at] as number) as MaterialRow
        const unit = units.get(found.unit[at] as number) as UnitRow
        return {
          key,
          lot: {
            id: found.ulid[at] as Ulid,
            name: found.name[at] as string,
            status: found.status[at] as LotStatus,
            materialId: material.ulid,
            unitOfMeasureId: unit.ulid,
            totalQuantity: found.total_quantity[at] as number,
            expirationDate: found.expires_at[at] as number | null,
          },
          material,
          unit,
          onHand: found.on_hand[at] as number,
        }
      })
    }

    function* lotColumns(question: Questions['lotColumns']['ask']): Program<Questions['lotColumns']['answer']> {
      const [row] = yield* all(lotColumnsOf({ lots: JSON.stringify(question.lots) }))
      const { ids = '', units: list = '[]' } = row ?? {}
      const keys: readonly number[] = JSON.parse(list)
      const units = yield* unitsBy(keys)
      return { ids, units: keys.map((key) => (units.get(key) as UnitRow).symbol) }
    }

    return { lots, lotColumns }
  }
}
