request = system.mes.inventory.newMoveRequest()
assert len(request) == 19, len(request)
assert request['type'] == request.type == 'MOVE'
