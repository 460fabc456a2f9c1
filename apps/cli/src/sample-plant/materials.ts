import type { UnitSymbol } from './units.ts'

interface SampleMaterial {
  readonly path: string
  readonly unitOfMeasureSymbol: UnitSymbol
  readonly shelfLifeDays?: number
  readonly description: string
}

/** The materials of the sample plant. Those without a shelf life do not expire. */
export const materials = [
  { path: 'Milk/Raw milk', unitOfMeasureSymbol: 'l', shelfLifeDays: 4, description: 'Cooled, from the farms' },
  { path: 'Milk/Skim milk', unitOfMeasureSymbol: 'l', shelfLifeDays: 5, description: 'At most 0.1 % fat' },
  { path: 'Milk/Cream', unitOfMeasureSymbol: 'l', shelfLifeDays: 7, description: '40 % fat' },
  { path: 'Dairy/Skim milk powder', unitOfMeasureSymbol: 'kg', shelfLifeDays: 540, description: 'Spray dried' },
  { path: 'Dairy/Butter', unitOfMeasureSymbol: 'kg', shelfLifeDays: 60, description: 'Cultured, lightly salted' },
  { path: 'Ingredients/Salt', unitOfMeasureSymbol: 'kg', description: 'Fine, for butter' },
  { path: 'Ingredients/Starter culture', unitOfMeasureSymbol: 'kg', shelfLifeDays: 180, description: 'Freeze dried' },
  { path: 'Packaging/Butter wrap 250 g', unitOfMeasureSymbol: 'pcs', description: 'Parchment, printed' },
  { path: 'Packaging/Carton 20 x 250 g', unitOfMeasureSymbol: 'pcs', description: 'Corrugated board' },
  { path: 'Packaging/Powder bag 25 kg', unitOfMeasureSymbol: 'pcs', description: 'Paper with liner' },
  { path: 'Finished/Butter 250 g', unitOfMeasureSymbol: 'pcs', shelfLifeDays: 60, description: 'Wrapped, in cartons' },
  { path: 'Finished/Skim milk powder 25 kg', unitOfMeasureSymbol: 'pcs', shelfLifeDays: 540, description: 'Bagged' },
] as const satisfies readonly SampleMaterial[]

/** The path of a material of the sample plant. */
export type MaterialPath = (typeof materials)[number]['path']
