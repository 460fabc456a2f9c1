received = system.mes.inventory.receive(
    quantity=10, lotIdOrName='setInventoryMetadata',
    materialIdOrPath='Ingredients/Salt', createIfNotExists=True,
    destinationLocationIdOrPath='Dairy/Warehouse/Dry store')

row = system.mes.inventory.getInventoryByLotAndLocation(
    'setInventoryMetadata', 'Ingredients/Salt',
    'Dairy/Warehouse/Dry store')
row = system.mes.inventory.setInventoryMetadata(
    row.id, 'by the door', 'one', None, None, 'PALLET 1', None)
assert row.notes == 'by the door' and row.spare1 == 'one', row
assert row.name == 'PALLET 1' and row.quantity == 10.0, row
