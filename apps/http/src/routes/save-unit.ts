import { pageShape, saveUnitShape } from '@lotbook/domain'
import { Unit } from '../schemas/master-data.ts'
import { masterDataRoutes } from './master-data.ts'

/** Units of measure. */
export const saveUnitRoutes = masterDataRoutes({
  kind: 'unit',
  name: 'Unit',
  plural: 'Units',
  folder: '/v1/units',
  tag: 'Units',
  idIs: 'The id of the unit, or to read it its symbol or name.',
  schema: Unit,
  listShape: pageShape,
  saveShape: saveUnitShape,
  list: ({ inventory }, query, caller) => inventory.findUnits(query, caller),
  get: ({ inventory }, idOrName, caller) => inventory.getUnit(idOrName, caller),
  save: ({ inventory }, request, call) => inventory.saveUnit(request, call),
})
