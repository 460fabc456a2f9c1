received = system.mes.inventory.receive(
    quantity=10, lotIdOrName='ship',
    materialIdOrPath='Ingredients/Salt', createIfNotExists=True,
    destinationLocationIdOrPath='Dairy/Warehouse/Dry store')

request = system.mes.inventory.newShipRequest()
request['quantity'] = 1.25
request['materialIdOrPath'] = 'Ingredients/Salt'
request['lotIdOrName'] = received.inventoryLotId
request['sourceLocationIdOrPath'] = 'Dairy/Warehouse/Dry store'
record = system.mes.inventory.ship(**request)
assert record.lotRecordType == 'SHIP' and record.quantity == 1.25
lot = system.mes.inventory.getLot(received.inventoryLotId)
assert lot.onHand == 8.75, lot
