received = system.mes.inventory.receive(
    quantity=10, lotIdOrName='split',
    materialIdOrPath='Ingredients/Salt', createIfNotExists=True,
    destinationLocationIdOrPath='Dairy/Warehouse/Dry store')

request = system.mes.inventory.newSplitRequest()
request['quantity'] = 4
request['sourceLotId'] = received.inventoryLotId
request['sourceLocationIdOrPath'] = 'Dairy/Warehouse/Dry store'
request['destinationLotName'] = 'split part'
record = system.mes.inventory.split(**request)
assert record.secondaryInventoryLotName == 'split part'
lot = system.mes.inventory.getLot(received.inventoryLotId)
assert lot.onHand == 6.0, lot
part = system.mes.inventory.getLot(record.secondaryInventoryLotId)
assert part.onHand == 4.0, part
