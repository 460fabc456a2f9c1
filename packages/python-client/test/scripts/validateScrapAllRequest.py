request = system.mes.inventory.newScrapAllRequest()
request['sourceLocationIdOrPath'] = 'Nowhere'
violations = system.mes.inventory.validateScrapAllRequest(
    **request)
assert len(violations['sourceLocationIdOrPath']) == 1, violations

violations = system.mes.inventory.validateScrapAllRequest(
    sourceLocationIdOrPath='Dairy/Warehouse/Dry store')
assert violations == {}, violations
