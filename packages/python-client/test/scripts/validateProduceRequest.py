request = system.mes.inventory.newProduceRequest()
request['quantity'] = -1
violations = system.mes.inventory.validateProduceRequest(
    **request)
assert len(violations['quantity']) == 1, violations

violations = system.mes.inventory.validateProduceRequest(
    quantity=1, materialIdOrPath='Ingredients/Salt', createIfNotExists=True,
    destinationLocationIdOrPath='Dairy/Warehouse/Dry store')
assert violations == {}, violations
