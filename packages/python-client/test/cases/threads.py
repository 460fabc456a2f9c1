import threading

from lotbook_client import connect

# Nothing is sent a second time, which could hide that one is in the way.
inventory = connect(attempts=1).mes.inventory
lots = system.mes.inventory.getAllLots()[:8]
wrong = []


def work(lot):
    try:
        for _ in range(25):
            found = inventory.getLot(lot.id)
            if found != lot:
                wrong.append((lot.name, found.name))
    except Exception as error:
        wrong.append((lot.name, str(error)))


threads = [threading.Thread(target=work, args=(lot,)) for lot in lots]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert wrong == [], wrong
