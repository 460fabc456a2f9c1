request = system.mes.inventory.newShipRequest()
request['quantity'] = -1
violations = system.mes.inventory.validateShipRequest(
    **request)
assert len(violations['quantity']) == 1, violations

violations = system.mes.inventory.validateShipRequest(
    quantity=1, materialIdOrPath='Ingredients/Salt',
    sourceLocationIdOrPath='Dairy/Warehouse/Dry store')
assert violations == {}, violations
