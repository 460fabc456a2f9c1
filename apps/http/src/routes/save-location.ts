import { pageShape, saveLocationShape } from '@lotbook/domain'
import { Location } from '../schemas/master-data.ts'
import { masterDataRoutes } from './master-data.ts'

/** Locations. */
export const saveLocationRoutes = masterDataRoutes({
  kind: 'location',
  name: 'Location',
  plural: 'Locations',
  folder: '/v1/locations',
  tag: 'Locations',
  idIs: 'The id of the location, or to read it its path, with each / written as %2F.',
  about: 'Parents of the path that are missing are made with it.',
  refusals: ['LotStorageRefused', 'InsufficientStock', 'CapacityExceeded'],
  schema: Location,
  listShape: pageShape,
  saveShape: saveLocationShape,
  list: ({ inventory }, query, caller) => inventory.findLocations(query, caller),
  get: ({ inventory }, idOrPath, caller) => inventory.getLocation(idOrPath, caller),
  save: ({ inventory }, request, call) => inventory.saveLocation(request, call),
})
