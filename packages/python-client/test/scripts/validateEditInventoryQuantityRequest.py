request = system.mes.inventory.newEditInventoryQuantityRequest()
request['newQuantity'] = -1
violations = system.mes.inventory.validateEditInventoryQuantityRequest(
    **request)
assert len(violations['newQuantity']) == 1, violations

violations = system.mes.inventory.validateEditInventoryQuantityRequest(
    newQuantity=0, materialIdOrPath='Ingredients/Salt',
    lotIdOrName='SALT-2026-10-12',
    sourceLocationIdOrPath='Dairy/Warehouse/Dry store')
assert violations == {}, violations
