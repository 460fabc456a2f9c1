received = system.mes.inventory.receive(
    quantity=10, lotIdOrName='changeStatus',
    materialIdOrPath='Ingredients/Salt', createIfNotExists=True,
    destinationLocationIdOrPath='Dairy/Warehouse/Dry store')

request = system.mes.inventory.newChangeStatusRequest()
request['lotId'] = received.inventoryLotId
request['newStatus'] = 'QA_HOLD'
record = system.mes.inventory.changeStatus(**request)
assert record.lotStatus == 'QA_HOLD'
assert record.previousStatus == 'AVAILABLE'
lot = system.mes.inventory.getLot(received.inventoryLotId)
assert lot.status == 'QA_HOLD', lot
