import type { UnitSymbol } from './units.ts'

interface SampleLocation {
  readonly path: string
  readonly type: string
  readonly storageCapacity?: number
  readonly storageCapacityUnitSymbol?: UnitSymbol
  readonly lotUseStrategy?: 'FIFO' | 'LIFO' | 'FEFO'
}

const litres = (storageCapacity: number) => ({ storageCapacity, storageCapacityUnitSymbol: 'l' as const })

/** The places of the sample plant, a place before what lies in it. */
export const locations = [
  { path: 'Dairy', type: 'site' },
  { path: 'Dairy/Receiving', type: 'area' },
  { path: 'Dairy/Receiving/Tank 1', type: 'tank', ...litres(60_000) },
  { path: 'Dairy/Receiving/Tank 2', type: 'tank', ...litres(60_000) },
  { path: 'Dairy/Processing', type: 'area' },
  { path: 'Dairy/Processing/Skim tank', type: 'tank', ...litres(50_000) },
  { path: 'Dairy/Processing/Cream tank', type: 'tank', ...litres(10_000) },
  { path: 'Dairy/Processing/Churn', type: 'machine' },
  { path: 'Dairy/Processing/Spray dryer', type: 'machine' },
  { path: 'Dairy/Packing', type: 'area' },
  { path: 'Dairy/Packing/Line 1', type: 'line' },
  { path: 'Dairy/Warehouse', type: 'area' },
  { path: 'Dairy/Warehouse/Cold store', type: 'store', lotUseStrategy: 'FEFO' },
  { path: 'Dairy/Warehouse/Dry store', type: 'store', lotUseStrategy: 'FEFO' },
  { path: 'Dairy/Warehouse/Dispatch', type: 'dock' },
] as const satisfies readonly SampleLocation[]

/** The path of a place of the sample plant. */
export type LocationPath = (typeof locations)[number]['path']
