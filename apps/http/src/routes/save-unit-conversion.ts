import { pageShape, saveUnitConversionShape } from '@lotbook/domain'
import { UnitConversion } from '../schemas/master-data.ts'
import { masterDataRoutes } from './master-data.ts'

/** Conversions between units of measure. */
export const saveUnitConversionRoutes = masterDataRoutes({
  kind: 'unit conversion',
  name: 'UnitConversion',
  plural: 'UnitConversions',
  folder: '/v1/unit-conversions',
  tag: 'Unit conversions',
  idIs: 'The id of the unit conversion.',
  about:
    'One `from` is `factor` of `to`: a decimal number, or a fraction of whole numbers such as "5/9". It holds in general, or for the material of `materialPath` alone.',
  refusals: ['LotStorageRefused', 'CapacityExceeded'],
  schema: UnitConversion,
  listShape: pageShape,
  saveShape: saveUnitConversionShape,
  list: ({ inventory }, query, caller) => inventory.findUnitConversions(query, caller),
  get: ({ inventory }, id, caller) => inventory.getUnitConversion(id, caller),
  save: ({ inventory }, request, call) => inventory.saveUnitConversion(request, call),
})
