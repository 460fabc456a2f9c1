request = system.mes.inventory.newEditInventoryQuantityRequest()
assert len(request) == 12, len(request)
assert request['type'] == request.type == 'EDIT'
