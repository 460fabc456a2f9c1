# The documented example of changeStatus, call for call.
request = system.mes.inventory.newChangeStatusRequest()
request['newStatus'] = 'AVAILABLE'
request['lotId'] = '01JJCQEJYG-E31FHVTF-JB6WEJTC'
changed = system.mes.inventory.changeStatus(**request)
print(changed)
