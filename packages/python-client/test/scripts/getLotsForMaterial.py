lots = system.mes.inventory.getLotsForMaterial('Ingredients/Salt')
assert '01JE6F0CE9-T94PZD8R-TH9J01TJ' in [lot.id for lot in lots]
assert set(lot.materialPath for lot in lots) == {'Ingredients/Salt'}
