# -*- coding: utf-8 -*-
name = u'Käse-Ünikat №1 🧀'
assert name == u'K\xe4se-\xdcnikat \u21161 \U0001f9c0'
received = system.mes.inventory.receive(
    quantity=3, materialIdOrPath='Ingredients/Salt', lotIdOrName=name,
    createIfNotExists=True,
    destinationLocationIdOrPath='Dairy/Warehouse/Dry store')
assert received.inventoryLotName == name
assert system.mes.inventory.getLot(received.inventoryLotId).name == name

# The same in the bytes of the source, as scripts for Python 2.7 write it.
shipped = system.mes.inventory.ship(
    quantity=1, materialIdOrPath='Ingredients/Salt',
    lotIdOrName='Käse-Ünikat №1 🧀',
    sourceLocationIdOrPath='Dairy/Warehouse/Dry store')
assert shipped.inventoryLotId == received.inventoryLotId
print(shipped)
