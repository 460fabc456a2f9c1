# Runs five hours west of UTC in winter, four in summer (TZ=EST5EDT).
import datetime


class Zone(datetime.tzinfo):
    def utcoffset(self, _):
        return datetime.timedelta(hours=5, minutes=30)

    def dst(self, _):
        return datetime.timedelta(0)


def save(start, end=None, **more):
    return system.mes.inventory.saveInventoryLotRecord(
        lotRecordType='CONSUME', status='COMPLETED', startDate=start,
        endDate=end, inventoryLotId='01JE6F0CE9-T94PZD8R-TH9J01TJ', **more)


# A datetime without a zone is local time, in winter and in summer.
winter = datetime.datetime(2026, 1, 20, 12, 0, 0, 250999)
summer = datetime.datetime(2026, 7, 1, 12, 0)
saved = save(winter, summer)
assert saved.startDate == '2026-01-20T17:00:00.250Z', saved.startDate
assert saved.endDate == '2026-07-01T16:00:00.000Z', saved.endDate

# One with a zone is exact, and text goes as it is.
saved = save(datetime.datetime(2026, 7, 1, 12, 0, 0, 1000, Zone()),
             '2026-07-01T12:00:00+02:00')
assert saved.startDate == '2026-07-01T06:30:00.001Z', saved.startDate
assert saved.endDate == '2026-07-01T10:00:00.000Z', saved.endDate

# What was answered may be sent back, also as a datetime.
again = save(saved.startDate, saved.endDate.datetime())
assert again.startDate == saved.startDate and again.endDate == saved.endDate
later = saved.endDate.datetime() + datetime.timedelta(milliseconds=1)
assert save(saved.startDate, later).endDate == '2026-07-01T10:00:00.001Z'

# It compares by time, with text, with datetimes, from either side.
start, end = saved.startDate, saved.endDate
assert start < end and end > start and start != end and start <= start
assert sorted([end, start]) == [start, end] and max(start, end) is end
assert start < summer and summer > start and not summer < start
assert end < datetime.datetime.now() and datetime.datetime.now() > end
assert end == datetime.datetime(2026, 7, 1, 6, 0) and end != winter
assert end == end.datetime() and end <= end.datetime()
assert end.getTime() == 1782900000000
assert end != None and {end: 1}['2026-07-01T10:00:00.000Z'] == 1  # noqa: E711

# A day is no moment: the server says what it needs.
try:
    save(datetime.date(2026, 7, 1))
    raise AssertionError('a day was taken for a moment')
except Exception as error:
    assert list(error.errors) == ['startDate'], error
