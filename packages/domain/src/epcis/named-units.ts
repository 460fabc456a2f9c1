import { findUnit, type Known } from '../known.ts'
import type { Lot } from '../lot/lot.ts'
import { below, type Faults } from './document-faults.ts'
import type { Step } from './steps.ts'
import { unitCode } from './units.ts'

const pieces = ['C62', 'H87', 'EA']

/**
 * The symbol of the unit in which a step tells its quantity; null where it tells none. Without a code it is pieces, by the
 * rules of EPCIS. What cannot be told is noted, and so is a unit of ours that differs from the code.
 */
export const unitOfStep = (known: Known, step: Step, lot: Lot, faults: Faults): string | null => {
  const { row, pointers, pointer, unitCode: code } = step
  const at = pointers.unitOfMeasureSymbol ?? below(pointer, 'quantityList')
  if (row.quantity === null || row.quantity === 0) return null
  const own = known.units.get(lot.unitOfMeasureId)
  const fits = (unit: { readonly symbol: string; readonly name: string }): boolean => {
    const known = unitCode(unit.symbol, unit.name)
    return code === null ? known !== undefined && pieces.includes(known) : known === code
  }
  if (row.unitOfMeasureSymbol !== null) {
    const named = findUnit(known, { name: row.unitOfMeasureSymbol })
    if (named !== undefined && !fits(named)) {
      faults.add(at, `${named.symbol} does not go with the uom, which is ${code ?? 'left out'}`)
      return null
    }
    return row.unitOfMeasureSymbol
  }
  const found = own !== undefined && fits(own) ? own : [...known.units.values()].find(fits)
  if (found !== undefined) return found.symbol
  faults.add(
    at,
    code === null
      ? `is required: the lot is kept in ${own?.symbol ?? 'another unit'}, and what has no code is pieces`
      : `no unit of this ledger is ${code}: save a unit that is called so first`,
  )
  return null
}
