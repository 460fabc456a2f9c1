record = system.mes.inventory.newInventoryLotRecord()
assert len(record) == 22, len(record)
assert record.enabled is True and record.status is None
assert record.startDate.endswith('Z')
