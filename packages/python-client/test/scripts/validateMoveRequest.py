request = system.mes.inventory.newMoveRequest()
request['quantity'] = -1
violations = system.mes.inventory.validateMoveRequest(
    **request)
assert len(violations['quantity']) == 1, violations

violations = system.mes.inventory.validateMoveRequest(
    quantity=1, materialIdOrPath='Ingredients/Salt',
    sourceLocationIdOrPath='Dairy/Warehouse/Dry store',
    destinationLocationIdOrPath='Dairy/Packing/Line 1')
assert violations == {}, violations
