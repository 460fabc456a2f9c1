permissions = system.mes.inventory.getInventoryPermissions()
assert 'INVENTORY.WRITE.CONSUME' in permissions, permissions
