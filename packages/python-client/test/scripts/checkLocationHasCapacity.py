milk = system.mes.inventory.getLotsForMaterial('Milk/Raw milk')[-1]

# By id the lot needs no material, by name it does; the quantity may be text.
fits = system.mes.inventory.checkLocationHasCapacity(
    'Dairy/Receiving/Tank 1', milk.id, '', 60001)
assert fits is False
fits = system.mes.inventory.checkLocationHasCapacity(
    'Dairy/Warehouse/Dry store', milk.name, 'Milk/Raw milk', '0.5')
assert fits is True
