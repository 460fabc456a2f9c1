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
for fault in ('drop', 'cut', 'busy', 'unsure', 'running'):
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
error = raised(Refused, receive, 'always-busy', attempts=2)
assert error.status == 503, error
error = raised(Refused, receive, 'always-gateway')
assert error.status == 502 and error.title == 'Bad Gateway', error

# What the last attempt did not write, an earlier one may have written.
error = raised(StorageUnavailable, receive, 'always-vague', attempts=2)
assert error.mayBeWritten is True, error.problem

# A DELETE has no key, so it is sent once: nobody knows what became of it.
raised(ConnectionFailed, inventory('always-cut').deleteLot,
       '01JE6F0CE9-T94PZD8R-TH9J01TJ')
raised(StorageUnavailable, inventory('always-unsure').deleteLot,
       '01JE6F0CE9-T94PZD8R-TH9J01TJ')
sys.stdout.write('done\n')
