received = system.mes.inventory.receive(
    quantity=10, lotIdOrName='unconsume',
    materialIdOrPath='Ingredients/Salt', createIfNotExists=True,
    destinationLocationIdOrPath='Dairy/Warehouse/Dry store')
system.mes.inventory.consume(
    quantity=4, lotIdOrName=received.inventoryLotId,
    materialIdOrPath='Ingredients/Salt',
    sourceLocationIdOrPath='Dairy/Warehouse/Dry store')

request = system.mes.inventory.newUnconsumeRequest()
request['quantity'] = 1
request['materialIdOrPath'] = 'Ingredients/Salt'
request['lotIdOrName'] = received.inventoryLotId
request['destinationLocationIdOrPath'] = 'Dairy/Warehouse/Dry store'
record = system.mes.inventory.unconsume(**request)
assert record.lotRecordType == 'UNCONSUME' and record.quantity == 1.0
lot = system.mes.inventory.getLot(received.inventoryLotId)
assert lot.onHand == 7.0, lot
