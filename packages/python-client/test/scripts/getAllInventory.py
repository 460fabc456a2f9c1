received = system.mes.inventory.receive(
    quantity=10, lotIdOrName='getAllInventory',
    materialIdOrPath='Ingredients/Salt', createIfNotExists=True,
    destinationLocationIdOrPath='Dairy/Warehouse/Dry store')

rows = system.mes.inventory.getAllInventory()
mine = [row for row in rows if row.lotId == received.inventoryLotId]
assert [row.quantity for row in mine] == [10.0], mine
