# Works through a server that does something wrong, named by the path.
import os
import sys

from lotbook_client import (
    ConnectionFailed, Refused, StorageUnavailable, connect)


def inventory(fault, **more):
    url = os.environ['LOTBOOK_URL'] + '/' + fault
    return connect(url, **more).mes.inventory


def receive(fault, **more):
    return inventory(fault, **more).receive(
        quantity=5, materialIdOrPath='Ingredients/Salt', lotIdOrName=fault,
        createIfNotExists=True,
        destinationLocationIdOrPath='Dairy/Warehouse/Dry store')


def raised(error, call, *args, **keywords):
    try:
        call(*args, **keywords)
    except error as found:
        return found
    raise AssertionError('nothing was raised')


# What goes wrong once is not even noticed.
for fault in ('drop', 'cut', 'busy', 'unsure', 'running', 'gateway'):
    record = receive(fault)
    lot = inventory('no-fault').getLot(record.inventoryLotId)
    assert lot.onHand == 5.0, (fault, lot)
# It gives up once; the second time it is answered within that time, also by a slow machine.
record = receive('hang', timeout=15)
lot = inventory('no-fault').getLot(record.inventoryLotId)
assert lot.onHand == 5.0, lot

# What goes wrong every time is told, after as many attempts as were asked for.
error = raised(ConnectionFailed, receive, 'always-drop', attempts=2)
assert 'did not answer POST /v1/inventory/receive (sent 2 times)' in str(error)
# An answer that is not the ledger's tells nothing of what became of it.
for fault, said in (
        ('always-busy', '503 Service Unavailable'),
        ('always-gateway', '502 Bad Gateway')):
    error = raised(ConnectionFailed, receive, fault, attempts=2)
    start = 'answered POST /v1/inventory/receive (sent 2 times): '
    assert start + said in str(error), error

# What the last attempt did not write, an earlier one may have written.
error = raised(StorageUnavailable, receive, 'always-vague', attempts=2)
assert error.mayBeWritten is True, error.problem

# Nor does a refusal of the key, once an answer was lost.
for fault in ('lost-then-denied', 'gateway-then-denied'):
    raised(ConnectionFailed, receive, fault)
    lot = inventory('no-fault').getLotByIdOrNameAndMaterial(
        fault, 'Ingredients/Salt')
    assert lot.onHand == 5.0, (fault, lot)
error = raised(Refused, receive, 'always-denied')
assert error.status == 401, error

# A DELETE has no key, so it is sent once: nobody knows what became of it.
for fault in ('always-cut', 'always-gateway'):
    raised(ConnectionFailed, inventory(fault).deleteLot,
           '01JE6F0CE9-T94PZD8R-TH9J01TJ')
raised(StorageUnavailable, inventory('always-unsure').deleteLot,
       '01JE6F0CE9-T94PZD8R-TH9J01TJ')
sys.stdout.write('done\n')
