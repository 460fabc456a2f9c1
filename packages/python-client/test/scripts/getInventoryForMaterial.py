received = system.mes.inventory.receive(
    quantity=10, lotIdOrName='getInventoryForMaterial',
    materialIdOrPath='Ingredients/Salt', createIfNotExists=True,
    destinationLocationIdOrPath='Dairy/Warehouse/Dry store')

rows = system.mes.inventory.getInventoryForMaterial('Ingredients/Salt')
assert received.inventoryLotId in [row.lotId for row in rows]
assert set(row.materialPath for row in rows) == {'Ingredients/Salt'}
