request = system.mes.inventory.newChangeStatusRequest()
request['newStatus'] = 'GONE'
violations = system.mes.inventory.validateChangeStatusRequest(
    **request)
assert len(violations['newStatus']) == 1, violations

violations = system.mes.inventory.validateChangeStatusRequest(
    lotId='01JE6F0CE9-T94PZD8R-TH9J01TJ', newStatus='QA_HOLD')
assert violations == {}, violations
