request = system.mes.inventory.newReturnRequest()
assert len(request) == 18, len(request)
assert request['type'] == request.type == 'RETURN'
