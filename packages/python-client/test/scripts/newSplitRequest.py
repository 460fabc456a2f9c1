request = system.mes.inventory.newSplitRequest()
assert len(request) == 15, len(request)
assert request['type'] == request.type == 'SPLIT'
