# The documented example of saveInventoryLotRecord, call for call.
first = system.mes.inventory.newInventoryLotRecord()
first['lotRecordType'] = 'CONSUME'
first['inventoryLotId'] = '01JE6F0CE9-T94PZD8R-TH9J01TJ'
first['status'] = 'COMPLETED'
saved = system.mes.inventory.saveInventoryLotRecord(**first)
print(saved)

second = system.mes.inventory.newInventoryLotRecord()
second['id'] = saved.id
second['lotRecordType'] = 'CONSUME'
second['inventoryLotId'] = '01JE6F0CE9-T94PZD8R-TH9J01TJ'
second['status'] = 'COMPLETED'
second['lotStatus'] = 'OPEN'
updated = system.mes.inventory.saveInventoryLotRecord(**second)
print(updated)
