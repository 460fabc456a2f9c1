request = system.mes.inventory.newShipRequest()
assert len(request) == 18, len(request)
assert request['type'] == request.type == 'SHIP'
