received = system.mes.inventory.receive(
    quantity=10, lotIdOrName='getLotHistory',
    materialIdOrPath='Ingredients/Salt', createIfNotExists=True,
    destinationLocationIdOrPath='Dairy/Warehouse/Dry store')

system.mes.inventory.consume(
    quantity=1, lotIdOrName=received.inventoryLotId,
    materialIdOrPath='Ingredients/Salt',
    sourceLocationIdOrPath='Dairy/Warehouse/Dry store')

request = system.mes.inventory.newLotHistoryRequest()
request['lotId'] = received.inventoryLotId
rows = system.mes.inventory.getLotHistory(**request)
assert [row.lotRecordType for row in rows] == ['RECEIVE', 'CONSUME'], rows

request['lotRecordType'] = 'CONSUME'
rows = system.mes.inventory.getLotHistory(**request)
assert [row.quantity for row in rows] == [1.0], rows
