request = system.mes.inventory.newMergeRequest()
request['sourceLotId'] = 'x'
violations = system.mes.inventory.validateMergeRequest(
    **request)
assert len(violations['sourceLotId']) == 1, violations

violations = system.mes.inventory.validateMergeRequest(
    sourceLotId='01JJCQEJYG-E31FHVTF-JB6WEJTC',
    destinationLotId='01JE6F0CE9-T94PZD8R-TH9J01TJ')
assert violations == {}, violations
