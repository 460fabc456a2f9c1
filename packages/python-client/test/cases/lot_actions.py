found = system.mes.inventory.getLotActions('01JJCQEJYG-E31FHVTF-JB6WEJTC')
allowed = dict((one.action, one.allowed) for one in found.actions)
assert allowed['move'] is True and allowed['consume'] is False, found
refused = [one for one in found.actions if one.action == 'consume'][0]
assert refused.clears.startswith('Release it first'), refused
