received = system.mes.inventory.receive(
    quantity=10, lotIdOrName='getAllInventoryAtLocation',
    materialIdOrPath='Ingredients/Salt', createIfNotExists=True,
    destinationLocationIdOrPath='Dairy/Warehouse/Dry store')

rows = system.mes.inventory.getAllInventoryAtLocation(
    'Dairy/Warehouse/Dry store')
assert received.inventoryLotId in [row.lotId for row in rows]
assert set(row.locationPath for row in rows) == {'Dairy/Warehouse/Dry store'}
assert system.mes.inventory.getAllInventoryAtLocation('Dairy/Warehouse') == []
