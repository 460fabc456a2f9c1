request = system.mes.inventory.newReturnRequest()
request['quantity'] = -1
violations = system.mes.inventory.validateReturnRequest(
    **request)
assert len(violations['quantity']) == 1, violations

violations = system.mes.inventory.validateReturnRequest(
    quantity=1, materialIdOrPath='Ingredients/Salt',
    sourceLocationIdOrPath='Dairy/Warehouse/Dry store')
assert violations == {}, violations
