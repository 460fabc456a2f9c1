record = system.mes.inventory.newInventoryLotRecord()
violations = system.mes.inventory.validateInventoryLotRecord(**record)
assert set(violations) >= {'lotRecordType', 'inventoryLotId', 'status'}

record['lotRecordType'] = 'CONSUME'
record['inventoryLotId'] = '01JE6F0CE9-T94PZD8R-TH9J01TJ'
record['status'] = 'COMPLETED'
violations = system.mes.inventory.validateInventoryLotRecord(**record)
assert violations == {}, violations
