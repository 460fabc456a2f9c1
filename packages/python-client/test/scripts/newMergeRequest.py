request = system.mes.inventory.newMergeRequest()
assert len(request) == 12, len(request)
assert request['type'] == request.type == 'MERGE'
