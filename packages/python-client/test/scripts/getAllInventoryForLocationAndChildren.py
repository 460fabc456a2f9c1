received = system.mes.inventory.receive(
    quantity=10, lotIdOrName='getAllInventoryForLocationAndChildren',
    materialIdOrPath='Ingredients/Salt', createIfNotExists=True,
    destinationLocationIdOrPath='Dairy/Warehouse/Dry store')

rows = system.mes.inventory.getAllInventoryForLocationAndChildren(
    'Dairy/Warehouse')
assert received.inventoryLotId in [row.lotId for row in rows]
everywhere = system.mes.inventory.getAllInventoryForLocationAndChildren(None)
assert len(everywhere) > len(rows)
