received = system.mes.inventory.receive(
    quantity=10, lotIdOrName='getInventoryLotRecordReferences',
    materialIdOrPath='Ingredients/Salt', createIfNotExists=True,
    destinationLocationIdOrPath='Dairy/Warehouse/Dry store')

references = system.mes.inventory.getInventoryLotRecordReferences(received.id)
assert isinstance(references, list)
for table in references:
    assert table.tableName and len(table.references) > 0, table
