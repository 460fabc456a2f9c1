lot = system.mes.inventory.newLot()
lot['status'] = 'GONE'
violations = system.mes.inventory.validateLot(**lot)
assert set(violations) >= {'name', 'materialId', 'status'}, violations
assert all(isinstance(said, list) for said in violations.values())
