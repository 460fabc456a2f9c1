received = system.mes.inventory.receive(
    quantity=10, lotIdOrName='scrapAll',
    materialIdOrPath='Ingredients/Salt', createIfNotExists=True,
    destinationLocationIdOrPath='Dairy/Packing/Line 1')

request = system.mes.inventory.newScrapAllRequest()
request['sourceLocationIdOrPath'] = 'Dairy/Packing/Line 1'
request['materialIdOrPath'] = 'Ingredients/Salt'
records = system.mes.inventory.scrapAll(**request)
assert isinstance(records, list)
assert received.inventoryLotId in [one.inventoryLotId for one in records]
assert set(one.lotRecordType for one in records) == {'SCRAP'}
lot = system.mes.inventory.getLot(received.inventoryLotId)
assert lot.onHand == 0.0, lot
