inventory = system.mes.inventory
lot = inventory.getLot('01JE6F0CE9-T94PZD8R-TH9J01TJ')

# By position, by keyword, and a request as one dict.
assert inventory.getLot(id=lot.id) == lot
request = {'lotId': lot.id, 'newStatus': 'gone'}
violations = inventory.validateChangeStatusRequest(**request)
assert list(violations) == ['newStatus'], violations
assert inventory.validateChangeStatusRequest(request) == violations
assert inventory.validateChangeStatusRequest(
    {'lotId': lot.id}, newStatus='gone') == violations

# Enums come in any case, ids with hyphens or none.
request = {'lotId': lot.id.replace('-', '').lower(), 'newStatus': 'qa_hold'}
assert inventory.validateChangeStatusRequest(**request) == {}

# A wrong call is told before anything is sent.
for wrong in (
        lambda: inventory.getLot(lot.id, 'and more'),
        lambda: inventory.getLot(lot.id, id=lot.id),
        lambda: inventory.getLot(),
        lambda: inventory.getLot(None),
        lambda: inventory.consume(1, 2)):
    try:
        wrong()
        raise AssertionError('the call was made')
    except TypeError as error:
        assert '()' in str(error), error
assert not hasattr(inventory, 'consumeEverything')

# An id is one part of a path, whatever is in it.
for odd in ('a/b', '?x=1', '%2e', ' ', '#', u'K\xe4se'):
    try:
        inventory.getLot(odd)
        raise AssertionError('there is no such lot')
    except Exception as error:
        assert error.status == 404 and error.idOrName == odd, (odd, error)
