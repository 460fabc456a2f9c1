lot = system.mes.inventory.newLot()
assert len(lot) == 14, len(lot)
assert lot.status == 'OPEN' and lot.enabled is True and lot.name is None
assert lot.totalQuantity == 0.0 and isinstance(lot.totalQuantity, float)
