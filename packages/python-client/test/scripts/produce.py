request = system.mes.inventory.newProduceRequest()
request['quantity'] = 12
request['materialIdOrPath'] = 'Ingredients/Salt'
request['lotIdOrName'] = 'produce'
request['destinationLocationIdOrPath'] = 'Dairy/Warehouse/Dry store'
request['createIfNotExists'] = True
record = system.mes.inventory.produce(**request)
assert record.lotRecordType == 'PRODUCE' and record.quantity == 12.0
assert record.inventoryLotName == 'produce'
lot = system.mes.inventory.getLot(record.inventoryLotId)
assert lot.onHand == 12.0, lot
