lot = system.mes.inventory.getLotByIdOrNameAndMaterial(
    'SALT-2026-10-12', 'Ingredients/Salt')
assert lot.id == '01JE6F0CE9-T94PZD8R-TH9J01TJ'
same = system.mes.inventory.getLotByIdOrNameAndMaterial(lot.id)
assert same == lot
same = system.mes.inventory.getLotByIdOrNameAndMaterial(
    idOrName='SALT-2026-10-12', materialIdOrPath=lot.materialId)
assert same == lot
