import { pageShape, saveMaterialShape } from '@lotbook/domain'
import { Material } from '../schemas/master-data.ts'
import { masterDataRoutes } from './master-data.ts'

/** Materials. */
export const saveMaterialRoutes = masterDataRoutes({
  kind: 'material',
  name: 'Material',
  plural: 'Materials',
  folder: '/v1/materials',
  tag: 'Materials',
  idIs: 'The id of the material, or to read it its path, with each / written as %2F.',
  schema: Material,
  listShape: pageShape,
  saveShape: saveMaterialShape,
  list: ({ inventory }, query, caller) => inventory.findMaterials(query, caller),
  get: ({ inventory }, idOrPath, caller) => inventory.getMaterial(idOrPath, caller),
  save: ({ inventory }, request, call) => inventory.saveMaterial(request, call),
})
