received = system.mes.inventory.receive(
    quantity=10, lotIdOrName='editInventoryQuantity',
    materialIdOrPath='Ingredients/Salt', createIfNotExists=True,
    destinationLocationIdOrPath='Dairy/Warehouse/Dry store')

request = system.mes.inventory.newEditInventoryQuantityRequest()
request['newQuantity'] = 9.5
request['materialIdOrPath'] = 'Ingredients/Salt'
request['lotIdOrName'] = received.inventoryLotId
request['sourceLocationIdOrPath'] = 'Dairy/Warehouse/Dry store'
record = system.mes.inventory.editInventoryQuantity(**request)
assert record.quantity == -0.5 and record.countedQuantity == 9.5
lot = system.mes.inventory.getLot(received.inventoryLotId)
assert lot.onHand == 9.5, lot
