# Values of Java, as scripts of Jython hold them (TZ=EST5EDT).
from java.math import BigDecimal
from java.time import Instant
from java.util import ArrayList, Calendar, Date, HashMap

request = system.mes.inventory.newReceiveRequest()
request['quantity'] = BigDecimal('1.50')
request['materialIdOrPath'] = 'Ingredients/Salt'
request['lotIdOrName'] = 'java'
request['createIfNotExists'] = True
request['destinationLocationIdOrPath'] = 'Dairy/Warehouse/Dry store'
request['startDate'] = Date(1782900000123)
record = system.mes.inventory.receive(**request)
assert record.quantity == 1.5
assert record.startDate == '2026-07-01T10:00:00.123Z', record.startDate

# From either side, but for == with the date of Java on the left.
assert record.startDate == Date(1782900000123)
assert record.startDate < Date() and Date() > record.startDate
assert not Date() < record.startDate
assert record.startDate.getTime() == 1782900000123

calendar = Calendar.getInstance()
calendar.setTimeInMillis(1782900000124)
for date in (calendar, Instant.ofEpochMilli(1782900000124)):
    assert record.startDate < date
    ship = HashMap(system.mes.inventory.newShipRequest())
    ship.put('startDate', date)
    ship.put('quantity', 0.5)
    ship.put('materialIdOrPath', 'Ingredients/Salt')
    ship.put('lotIdOrName', 'java')
    ship.put('sourceLocationIdOrPath', 'Dairy/Warehouse/Dry store')
    requests = ArrayList()
    requests.add(ship)
    shipped = system.mes.inventory.executeInventoryActions(requests)
    assert shipped[0].startDate == date, shipped
