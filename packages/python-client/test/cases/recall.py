lot = system.mes.inventory.receive(
    quantity=10, lotIdOrName='recall', materialIdOrPath='Ingredients/Salt',
    createIfNotExists=True,
    destinationLocationIdOrPath='Dairy/Warehouse/Dry store').inventoryLotId

found = system.mes.inventory.recallLot(lot)
assert found.complete and found.balanced, found
assert [(one.lotName, one.onHand) for one in found.lots] == [
    ('recall', 10.0)], found
assert found.totals[0].unexplained == 0, found

done = system.mes.inventory.holdRecalledLots(lot, notes='by a script')
assert [one.lotName for one in done.held] == ['recall'], done
again = system.mes.inventory.holdRecalledLots(lot)
assert [one.reason for one in again.notHeld] == ['ALREADY_HELD'], again
