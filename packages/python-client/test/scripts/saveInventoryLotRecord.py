record = system.mes.inventory.newInventoryLotRecord()
record['lotRecordType'] = 'CONSUME'
record['inventoryLotId'] = '01JE6F0CE9-T94PZD8R-TH9J01TJ'
record['status'] = 'COMPLETED'
saved = system.mes.inventory.saveInventoryLotRecord(**record)
assert saved.posted is False and saved.version == 1

record = system.mes.inventory.newInventoryLotRecord()
record['id'] = saved.id
record['notes'] = 'again'
again = system.mes.inventory.saveInventoryLotRecord(**record)
assert again.id == saved.id and again.version == 2
assert again.startDate == saved.startDate
