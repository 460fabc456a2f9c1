import copy

lot = system.mes.inventory.getLot('01JE6F0CE9-T94PZD8R-TH9J01TJ')

# Attributes, items and the rest of a dict.
assert lot.name == lot['name'] == lot.get('name') == 'SALT-2026-10-12'
assert 'name' in lot and lot.get('colour', 'none') == 'none'
assert sorted(lot) == sorted(lot.keys()) and dict(lot) == lot
assert not hasattr(lot, 'colour')
try:
    lot['colour']
    raise AssertionError('there is no such field')
except KeyError:
    pass
lot.notes = 'set by attribute'
assert lot['notes'] == 'set by attribute'
assert copy.copy(lot) == lot and copy.deepcopy(lot) == lot

# It prints as JSON, under every interpreter.
assert str(lot) == repr(lot) and '"name": "SALT-2026-10-12"' in str(lot)
assert '"notes": "set by attribute"' in '%s' % lot

# Quantities are floats, also where they are whole: / 2 never cuts off.
assert isinstance(lot.onHand, float) and isinstance(lot.version, int)

# Lists are lists of the same.
references = system.mes.inventory.getInventoryLotReferences(lot.id)
assert isinstance(references, list)
assert references[0].references[0].id == references[0]['references'][0]['id']
