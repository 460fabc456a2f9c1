request = system.mes.inventory.newUnconsumeRequest()
request['quantity'] = -1
violations = system.mes.inventory.validateUnconsumeRequest(
    **request)
assert len(violations['quantity']) == 1, violations

violations = system.mes.inventory.validateUnconsumeRequest(
    quantity=1, materialIdOrPath='Ingredients/Salt',
    lotIdOrName='SALT-2026-10-12',
    destinationLocationIdOrPath='Dairy/Warehouse/Dry store')
assert violations == {}, violations
