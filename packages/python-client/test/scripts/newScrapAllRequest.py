request = system.mes.inventory.newScrapAllRequest()
assert len(request) == 9, len(request)
assert request['type'] == request.type == 'SCRAP'
