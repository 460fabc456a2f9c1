lots = system.mes.inventory.getAllLots()
assert isinstance(lots, list) and len(lots) >= 40
assert '01JE6F0CE9-T94PZD8R-TH9J01TJ' in [lot.id for lot in lots]
