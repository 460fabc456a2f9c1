import sys

import lotbook_client
from lotbook_client import (
    InsufficientStock, KeyNotValid, LotbookError, NotFound, Refused,
    StatusTransitionRefused, ValidationFailed, connect)

inventory = system.mes.inventory


def refusal(function, *args, **keywords):
    try:
        function(*args, **keywords)
    except Refused as error:
        assert isinstance(error, LotbookError)
        assert error.requestId and error.requestId in error.message
        return error
    raise AssertionError('it was not refused')


error = refusal(inventory.getLot, '01JE6F0CE9-T94PZD8R-TH9J01TZ')
assert type(error) is NotFound and error.status == 404, error
assert error.type == '/problems/not-found' and error.kind == 'lot', error
assert error.errors == {} and not hasattr(error, 'legal')
assert str(error).startswith('404 There is no such thing: no lot has'), error

error = refusal(inventory.consume, quantity='1,5', colour=u'gr\xfcn')
assert type(error) is ValidationFailed and error.status == 422, error
assert set(error.errors) >= {'quantity', 'colour', 'materialIdOrPath'}
assert error.errors['colour'] == ['is not a field of this request']

error = refusal(
    inventory.consume, quantity=123456, materialIdOrPath='Ingredients/Salt',
    lotIdOrName=u'SALT-2026-10-12',
    sourceLocationIdOrPath='Dairy/Warehouse/Dry store')
assert type(error) is InsufficientStock and error.status == 409, error
assert error.asked == 123456 and error.onHand < 123456, error

error = refusal(
    inventory.changeStatus, lotId='01JJCQEJYG-E31FHVTF-JB6WEJTC',
    newStatus='SHIPPED')
assert type(error) is StatusTransitionRefused, error
assert error.legal == ['AVAILABLE', 'QA_HOLD', 'EXPIRED'], error
assert error.problem['from'] == 'QA_HOLD'

# A message with letters of all kinds is text under every interpreter.
error = refusal(inventory.getLot, u'K\xe4se')
assert u'K\xe4se' in error.message
assert str(error) == (
    error.message if str is type(u'') else error.message.encode('utf-8'))

# Far too much is refused before all of it was sent, and why is read all the
# same. Jython does not read what it is answered while it still sends.
if not sys.platform.startswith('java'):
    error = refusal(inventory.consume, notes='x' * 40000000)
    assert error.status == 413, error
    assert error.type == '/problems/body-too-large', error

# A key is told to nobody.
secret = 'lb_not-a-key-of-this-ledger'
error = refusal(connect(key=secret).mes.inventory.newLot)
assert type(error) is KeyNotValid and error.status == 401, error
assert secret not in str(error) and secret not in repr(error)

# Settings that cannot be right are told before anything is sent.
for url, key in (
        ('localhost:3000', 'k'), ('ftp://host', 'k'), ('http://u:p@host', 'k'),
        ('http://host?key=k', 'k'), ('http://host:port', 'k'),
        (None, 'two words'), (None, 'a\nb'),
        (None, u'schl\xfcssel')):
    try:
        connect(url, key).mes.inventory.newLot()
        raise AssertionError('%s was taken' % url)
    except LotbookError as error:
        assert 'LOTBOOK_' in str(error) and 'words' not in str(error), error

# Where nobody listens, it says where that is.
try:
    connect('http://127.0.0.1:9', 'k', attempts=2).mes.inventory.newLot()
    raise AssertionError('somebody answered')
except lotbook_client.ConnectionFailed as error:
    assert '127.0.0.1:9 did not answer GET /v1/lots/new' in str(error), error
    assert 'sent 2 times' in str(error), error
