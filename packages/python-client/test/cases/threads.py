import threading

wrong = []


def work(number):
    for turn in range(5):
        name = 'thread %d %d' % (number, turn)
        record = system.mes.inventory.receive(
            quantity=number + 1, materialIdOrPath='Ingredients/Salt',
            lotIdOrName=name, createIfNotExists=True, notes=name,
            destinationLocationIdOrPath='Dairy/Warehouse/Dry store')
        lot = system.mes.inventory.getLot(record.inventoryLotId)
        if (record.notes, lot.name, lot.onHand) != (name, name, number + 1):
            wrong.append((name, record, lot))


threads = [threading.Thread(target=work, args=(one,)) for one in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert wrong == [], wrong
