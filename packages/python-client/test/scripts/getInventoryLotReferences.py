salt = system.mes.inventory.getLot('01JE6F0CE9-T94PZD8R-TH9J01TJ')
saved = system.mes.inventory.saveLot(
    name='getInventoryLotReferences', materialId=salt.materialId,
    unitOfMeasureId=salt.unitOfMeasureId, totalQuantity=0)

assert system.mes.inventory.getInventoryLotReferences(saved.id) == []

references = system.mes.inventory.getInventoryLotReferences(salt.id)
assert len(references) > 0
for table in references:
    assert table.tableName and len(table.references[0].id) == 28, table
