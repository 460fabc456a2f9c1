request = system.mes.inventory.newReceiveRequest()
assert len(request) == 19, len(request)
assert request['type'] == request.type == 'RECEIVE'
