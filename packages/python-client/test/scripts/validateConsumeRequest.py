request = system.mes.inventory.newConsumeRequest()
request['quantity'] = -1
violations = system.mes.inventory.validateConsumeRequest(
    **request)
assert len(violations['quantity']) == 1, violations

violations = system.mes.inventory.validateConsumeRequest(
    quantity=1, materialIdOrPath='Ingredients/Salt',
    sourceLocationIdOrPath='Dairy/Warehouse/Dry store')
assert violations == {}, violations
