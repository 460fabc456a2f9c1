request = system.mes.inventory.newScrapRequest()
assert len(request) == 18, len(request)
assert request['type'] == request.type == 'SCRAP'
