received = system.mes.inventory.receive(
    quantity=10, lotIdOrName='move',
    materialIdOrPath='Ingredients/Salt', createIfNotExists=True,
    destinationLocationIdOrPath='Dairy/Warehouse/Dry store')

request = system.mes.inventory.newMoveRequest()
request['quantity'] = 3
request['materialIdOrPath'] = 'Ingredients/Salt'
request['lotIdOrName'] = received.inventoryLotId
request['sourceLocationIdOrPath'] = 'Dairy/Warehouse/Dry store'
request['destinationLocationIdOrPath'] = 'Dairy/Packing/Line 1'
record = system.mes.inventory.move(**request)
assert record.sourceLocationPath == 'Dairy/Warehouse/Dry store'
assert record.destinationLocationPath == 'Dairy/Packing/Line 1'
lot = system.mes.inventory.getLot(received.inventoryLotId)
assert lot.onHand == 10.0, lot
