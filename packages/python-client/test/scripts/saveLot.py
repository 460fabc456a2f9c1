salt = system.mes.inventory.getLot('01JE6F0CE9-T94PZD8R-TH9J01TJ')

lot = system.mes.inventory.newLot()
lot['name'] = 'saveLot'
lot['materialId'] = salt.materialId
lot['unitOfMeasureId'] = salt.unitOfMeasureId
saved = system.mes.inventory.saveLot(**lot)
assert saved.status == 'OPEN' and saved.totalQuantity == 0.0

again = system.mes.inventory.saveLot(id=saved.id, notes='twice')
assert again.id == saved.id and again.notes == 'twice'
