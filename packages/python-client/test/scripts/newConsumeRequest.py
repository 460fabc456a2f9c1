request = system.mes.inventory.newConsumeRequest()
assert len(request) == 21, len(request)
assert request['type'] == request.type == 'CONSUME'
assert request.quantity is None
assert request.createIfNotExists is False and request.ongoing is False
assert request.startDate.endswith('Z')
