request = system.mes.inventory.newLotHistoryRequest()
assert len(request) == 9, len(request)
assert set(request.values()) == {None}
