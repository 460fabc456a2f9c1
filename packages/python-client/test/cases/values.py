# -*- coding: utf-8 -*-
import decimal

inventory = system.mes.inventory


def receive(quantity, **more):
    return inventory.receive(
        quantity=quantity, materialIdOrPath='Ingredients/Salt',
        lotIdOrName='values', createIfNotExists=True,
        destinationLocationIdOrPath='Dairy/Warehouse/Dry store', **more)


# Numbers of all kinds are exact.
for sent, quantity in (
        (1, 1.0), (2.5, 2.5), ('0.000001', 0.000001),
        (decimal.Decimal('1E+2'), 100.0),
        (decimal.Decimal('123456.654321'), 123456.654321)):
    record = receive(sent)
    assert record.quantity == quantity, (sent, record.quantity)
    assert isinstance(record.quantity, float)

# What is no quantity is a violation, and never invalid JSON.
for sent in (
        float('nan'), float('inf'), -float('inf'), 1e300, 0.1 + 0.2,
        2 ** 200, decimal.Decimal('NaN'), True, 'ten', [1], {}):
    violations = inventory.validateReceiveRequest(quantity=sent)
    assert len(violations['quantity']) == 1, (sent, violations)

# Text of every kind arrives as the same text, and None as nothing.
name = u'K\xe4se \u2013 \U0001f9c0'
for sent in (name, name.encode('utf-8')):
    assert receive(1, notes=sent, spare1=None).notes == name
assert receive(1, notes='Käse').notes == u'K\xe4se'

# Requests of any mapping, lists of any kind.
request = {'type': 'SHIP', 'quantity': 1, 'lotIdOrName': 'values',
           'materialIdOrPath': 'Ingredients/Salt',
           'sourceLocationIdOrPath': 'Dairy/Warehouse/Dry store'}
assert len(inventory.executeInventoryActions((request, request))) == 2
assert len(inventory.executeInventoryActions(
    requests=(one for one in [request]))) == 1
try:
    receive(object())
    raise AssertionError('an object was sent')
except TypeError as error:
    assert 'cannot be sent' in str(error), error
