request = system.mes.inventory.newUnconsumeRequest()
assert len(request) == 18, len(request)
assert request['type'] == request.type == 'UNCONSUME'
