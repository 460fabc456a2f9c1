received = system.mes.inventory.receive(
    quantity=10, lotIdOrName='executeInventoryActions',
    materialIdOrPath='Ingredients/Salt', createIfNotExists=True,
    destinationLocationIdOrPath='Dairy/Warehouse/Dry store')

ship = system.mes.inventory.newShipRequest()
ship['quantity'] = 1
ship['lotIdOrName'] = received.inventoryLotId
ship['materialIdOrPath'] = 'Ingredients/Salt'
ship['sourceLocationIdOrPath'] = 'Dairy/Warehouse/Dry store'
hold = system.mes.inventory.newChangeStatusRequest()
hold['lotId'] = received.inventoryLotId
hold['newStatus'] = 'QA_HOLD'

records = system.mes.inventory.executeInventoryActions(
    **{'requests': [ship, hold]})
assert [one.lotRecordType for one in records] == ['SHIP', 'STATUS_CHANGE']

# All or nothing: what is on hold is not shipped, and nothing of the list is.
try:
    system.mes.inventory.executeInventoryActions([hold, ship])
    raise AssertionError('the list was taken')
except Exception as error:
    assert error.status == 409 and error.index == 1, error
lot = system.mes.inventory.getLot(received.inventoryLotId)
assert lot.onHand == 9.0, lot
