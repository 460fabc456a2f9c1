request = system.mes.inventory.newProduceRequest()
assert len(request) == 22, len(request)
assert request['type'] == request.type == 'PRODUCE'
