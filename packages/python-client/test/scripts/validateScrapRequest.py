request = system.mes.inventory.newScrapRequest()
request['quantity'] = -1
violations = system.mes.inventory.validateScrapRequest(
    **request)
assert len(violations['quantity']) == 1, violations

violations = system.mes.inventory.validateScrapRequest(
    quantity=1, materialIdOrPath='Ingredients/Salt',
    sourceLocationIdOrPath='Dairy/Warehouse/Dry store')
assert violations == {}, violations
