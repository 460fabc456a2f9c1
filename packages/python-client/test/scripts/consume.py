received = system.mes.inventory.receive(
    quantity=10, lotIdOrName='consume',
    materialIdOrPath='Ingredients/Salt', createIfNotExists=True,
    destinationLocationIdOrPath='Dairy/Warehouse/Dry store')

request = system.mes.inventory.newConsumeRequest()
request['quantity'] = 2.5
request['materialIdOrPath'] = 'Ingredients/Salt'
request['lotIdOrName'] = received.inventoryLotId
request['sourceLocationIdOrPath'] = 'Dairy/Warehouse/Dry store'
record = system.mes.inventory.consume(**request)
assert record.lotRecordType == 'CONSUME' and record.quantity == 2.5
lot = system.mes.inventory.getLot(received.inventoryLotId)
assert lot.onHand == 7.5, lot
