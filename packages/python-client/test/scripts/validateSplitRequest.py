request = system.mes.inventory.newSplitRequest()
request['quantity'] = -1
violations = system.mes.inventory.validateSplitRequest(
    **request)
assert len(violations['quantity']) == 1, violations

violations = system.mes.inventory.validateSplitRequest(
    quantity=1, sourceLotId='01JE6F0CE9-T94PZD8R-TH9J01TJ',
    destinationLotName='PART',
    sourceLocationIdOrPath='Dairy/Warehouse/Dry store')
assert violations == {}, violations
