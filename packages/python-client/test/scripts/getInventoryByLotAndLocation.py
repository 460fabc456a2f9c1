received = system.mes.inventory.receive(
    quantity=10, lotIdOrName='getInventoryByLotAndLocation',
    materialIdOrPath='Ingredients/Salt', createIfNotExists=True,
    destinationLocationIdOrPath='Dairy/Warehouse/Dry store')

row = system.mes.inventory.getInventoryByLotAndLocation(
    'getInventoryByLotAndLocation', 'Ingredients/Salt',
    'Dairy/Warehouse/Dry store')
assert row.lotId == received.inventoryLotId and row.quantity == 10.0, row
