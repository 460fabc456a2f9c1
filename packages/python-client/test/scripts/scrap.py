received = system.mes.inventory.receive(
    quantity=10, lotIdOrName='scrap',
    materialIdOrPath='Ingredients/Salt', createIfNotExists=True,
    destinationLocationIdOrPath='Dairy/Warehouse/Dry store')

request = system.mes.inventory.newScrapRequest()
request['quantity'] = 1.25
request['materialIdOrPath'] = 'Ingredients/Salt'
request['lotIdOrName'] = received.inventoryLotId
request['sourceLocationIdOrPath'] = 'Dairy/Warehouse/Dry store'
record = system.mes.inventory.scrap(**request)
assert record.lotRecordType == 'SCRAP' and record.quantity == 1.25
lot = system.mes.inventory.getLot(received.inventoryLotId)
assert lot.onHand == 8.75, lot
