request = system.mes.inventory.newReceiveRequest()
request['quantity'] = -1
violations = system.mes.inventory.validateReceiveRequest(
    **request)
assert len(violations['quantity']) == 1, violations

violations = system.mes.inventory.validateReceiveRequest(
    quantity=1, materialIdOrPath='Ingredients/Salt', createIfNotExists=True,
    destinationLocationIdOrPath='Dairy/Warehouse/Dry store')
assert violations == {}, violations
