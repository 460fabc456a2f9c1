survivor = system.mes.inventory.receive(
    quantity=10, lotIdOrName='merge survivor',
    materialIdOrPath='Ingredients/Salt', createIfNotExists=True,
    destinationLocationIdOrPath='Dairy/Warehouse/Dry store')
absorbed = system.mes.inventory.receive(
    quantity=5, lotIdOrName='merge absorbed',
    materialIdOrPath='Ingredients/Salt', createIfNotExists=True,
    destinationLocationIdOrPath='Dairy/Warehouse/Dry store')

request = system.mes.inventory.newMergeRequest()
request['sourceLotId'] = absorbed.inventoryLotId
request['destinationLotId'] = survivor.inventoryLotId
record = system.mes.inventory.merge(**request)
assert record.secondaryInventoryLotId == absorbed.inventoryLotId
lot = system.mes.inventory.getLot(survivor.inventoryLotId)
assert lot.onHand == 15.0, lot
lot = system.mes.inventory.getLot(absorbed.inventoryLotId)
assert lot.onHand == 0.0 and lot.status == 'CLOSED', lot
