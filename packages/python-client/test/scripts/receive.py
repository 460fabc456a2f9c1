request = system.mes.inventory.newReceiveRequest()
request['quantity'] = 10
request['materialIdOrPath'] = 'Ingredients/Salt'
request['lotIdOrName'] = 'receive'
request['destinationLocationIdOrPath'] = 'Dairy/Warehouse/Dry store'
request['createIfNotExists'] = True
record = system.mes.inventory.receive(**request)
assert record.lotRecordType == 'RECEIVE' and record.posted is True
lot = system.mes.inventory.getLot(record.inventoryLotId)
assert lot.onHand == 10.0, lot
