request = system.mes.inventory.newChangeStatusRequest()
assert len(request) == 9, len(request)
assert request['type'] == request.type == 'STATUS_CHANGE'
