lot = system.mes.inventory.getLot('01JE6F0CE9-T94PZD8R-TH9J01TJ')
assert lot.id == lot['id'] == '01JE6F0CE9-T94PZD8R-TH9J01TJ'
assert lot.materialPath == 'Ingredients/Salt'
assert isinstance(lot.totalQuantity, float)
assert system.mes.inventory.getLot(id=lot.id) == lot
