answer = system.mes.inventory.publishInventoryState()
assert answer.published > 10, answer
answer = system.mes.inventory.publishInventoryState(
    ['Dairy/Warehouse/Dry store'])
assert answer.published == 1, answer
