#!/usr/bin/env python3
"""system.mes.inventory over HTTP, for Python 3.8+, Python 2.7 and Jython 2.7.

A script runs as it is, with `system` already there:

    LOTBOOK_URL=http://127.0.0.1:3000 LOTBOOK_KEY=lb_... \\
        python3 lotbook_client.py script.py

Or it imports what it needs, with the same settings or with others:

    from lotbook_client import NotFound, connect, system
    system = connect('https://ledger.example', 'lb_...')

Functions take keywords, or positions where their documentation does. The
rules are the server's: nothing is checked here.

Answers are dicts (and lists of them) whose fields are attributes too. Their
dates are `Instant`s; their quantities are floats, whole ones too.

Dates that are sent may be datetimes, dates of Java, or text in ISO 8601 with
an offset. A datetime without a time zone is local time.

What the server refuses is raised as `Refused`, by its own class where it has
one. Where the connection fails, or something between the server and us answers
(a 5xx that is not the ledger's), a request is sent again with the same
Idempotency-Key, so that nothing is done twice; then it is `ConnectionFailed`,
and nobody knows whether it was done.

License: MIT.
"""

import datetime
import decimal
import errno
import json
import os
import re
import runpy
import socket
import sys
import threading
import time
import uuid

try:
    import builtins
    from collections.abc import Iterable, Mapping
    from http import client as httplib
    from urllib.parse import quote, urlencode, urlsplit
except ImportError:  # Python 2.7
    import __builtin__ as builtins
    import httplib
    from collections import Iterable, Mapping
    from urllib import quote, urlencode
    from urlparse import urlsplit

__version__ = '0.1.0'

_text = type(u'')
_whole = (int,) if str is _text else (int, long)  # noqa: F821

# What it does, by documented name: method, path, names of the positions.
FUNCTIONS = {}

_ACTIONS = (
    'consume', 'unconsume', 'produce', 'move', 'split', 'merge', 'scrap',
    'scrapAll', 'returnInventory', 'changeStatus', 'editInventoryQuantity',
    'receive', 'ship')

# An empty path stands for /v1/inventory/<name-of-the-function>.
_OTHERS = (
    ('executeInventoryActions', 'POST', '', 'requests'),
    ('newInventoryLotRecord', 'GET', '/v1/lot-records/new', ''),
    ('validateInventoryLotRecord', 'POST', '/v1/lot-records/validate', ''),
    ('saveInventoryLotRecord', 'POST', '/v1/lot-records', ''),
    ('newLot', 'GET', '/v1/lots/new', ''),
    ('validateLot', 'POST', '/v1/lots/validate', ''),
    ('saveLot', 'POST', '/v1/lots', ''),
    ('getLot', 'GET', '/v1/lots/{id}', 'id'),
    ('deleteLot', 'DELETE', '/v1/lots/{id}', 'id'),
    ('getInventoryLotReferences', 'GET', '/v1/lots/{id}/references', 'id'),
    ('getInventoryLotRecordReferences', 'GET',
     '/v1/lot-records/{id}/references', 'id'),
    ('newLotHistoryRequest', 'GET', '/v1/lot-history/new', ''),
    ('getLotHistory', 'GET', '/v1/lots/{lotId}/history', ''),
    ('getLotByIdOrNameAndMaterial', 'GET', '', 'idOrName materialIdOrPath'),
    ('findLots', 'POST', '/v1/lots/search', ''),
    ('getAllLots', 'GET', '', ''),
    ('getLotsForMaterial', 'GET', '', 'materialIdOrPath'),
    ('getAllInventory', 'GET', '', ''),
    ('getAllInventoryAtLocation', 'GET', '', 'locationIdOrPath'),
    ('getAllInventoryForLocationAndChildren', 'GET', '', 'locationIdOrPath'),
    ('getInventoryForMaterial', 'GET', '', 'materialIdOrPath'),
    ('getInventoryByLotAndLocation', 'GET', '',
     'lotIdOrName materialIdOrPath locationIdOrPath'),
    ('checkLocationHasCapacity', 'GET', '',
     'locationIdOrPath lotIdOrName materialIdOrPath quantity'),
    ('getInventoryPermissions', 'GET', '', ''),
    ('setInventoryMetadata', 'POST', '', 'inventoryId notes spare1 spare2 '
     'spare3 name productionOrderIdOrName'),
    ('publishInventoryState', 'POST', '', 'locationIdsOrPaths'),
    # Ours, and not in the documentation that scripts were written for.
    ('getLotActions', 'GET', '/v1/lots/{id}/actions', 'id'),
    ('recallLot', 'GET', '/v1/lots/{id}/recall', 'id'),
    ('holdRecalledLots', 'POST', '/v1/lots/{id}/recall/hold', 'id'),
)


def _kebab(name):
    return re.sub('[A-Z]', lambda found: '-' + found.group().lower(), name)


for _name in _ACTIONS:
    _path = '/v1/inventory/' + _kebab(_name)
    _stem = _name[0].upper() + _name[1:]
    _stem = 'Return' if _name == 'returnInventory' else _stem
    FUNCTIONS['new%sRequest' % _stem] = ('GET', _path + '/new', ())
    FUNCTIONS['validate%sRequest' % _stem] = ('POST', _path + '/validate', ())
    FUNCTIONS[_name] = ('POST', _path, ())
for _name, _method, _path, _positions in _OTHERS:
    _path = _path or '/v1/inventory/' + _kebab(_name)
    FUNCTIONS[_name] = (_method, _path, tuple(_positions.split()))


class LotbookError(Exception):
    """Everything that this file raises on its own account."""

    def __init__(self, message):
        Exception.__init__(self, message)
        self.message = message

    def __unicode__(self):
        return self.message

    def __str__(self):
        same = isinstance(self.message, str)
        return self.message if same else self.message.encode('utf-8')


class ConnectionFailed(LotbookError):
    """No answer of the ledger came: the server is away, the request was cut
    off, or something between answered. A change may have been made."""


class Refused(LotbookError):
    """The server answered with a problem (RFC 9457).

    Its fields are attributes: status, type, title, detail, requestId, and
    those of its kind. `errors` is there always: field -> messages.
    """

    def __init__(self, problem):
        message = u'%s %s' % (problem.get('status'), problem.get('title'))
        if problem.get('detail'):
            message += u': ' + problem['detail']
        if problem.get('requestId'):
            message += u' (request %s)' % problem['requestId']
        LotbookError.__init__(self, message)
        self.problem = problem
        self.errors = problem.get('errors') or {}

    def __getattr__(self, name):
        try:
            return self.__dict__['problem'][name]
        except KeyError:
            raise AttributeError(name)


# One class for each refusal, under its name, such as `NotFound`; REFUSALS has
# them by the last part of the problem's type, such as `not-found`.
REFUSALS = {}
for _name in (
        'PermissionDenied', 'IdempotencyKeyReused', 'NotFound',
        'VersionConflict', 'ValidationFailed', 'DuplicateName',
        'StatusTransitionRefused', 'ActionRefused', 'ReversalBlocked',
        'LotStorageRefused', 'InsufficientStock', 'CapacityExceeded',
        'InUse', 'StorageUnavailable', 'KeyMissing', 'KeyNotValid'):
    globals()[_name] = type(_name, (Refused,), {})
    REFUSALS[_kebab(_name)[1:]] = globals()[_name]


class _Utc(datetime.tzinfo):
    def utcoffset(self, _):
        return datetime.timedelta(0)

    dst = utcoffset

    def tzname(self, _):
        return 'UTC'


_EPOCH = datetime.datetime(1970, 1, 1)


def _milliseconds(value):
    """Milliseconds since 1970 of a date of Python or Java; None of others."""
    if not isinstance(value, datetime.datetime):
        for name in ('toEpochMilli', 'getTimeInMillis', 'getTime'):
            if callable(getattr(value, name, None)):
                return int(getattr(value, name)())
        return None
    offset = value.utcoffset()
    if offset is not None:
        since = value.replace(tzinfo=None) - offset - _EPOCH
        seconds = since.days * 86400 + since.seconds
    elif hasattr(value, 'timestamp'):
        seconds = int(value.replace(microsecond=0).timestamp())
    else:
        seconds = int(time.mktime(value.timetuple()))
    return seconds * 1000 + value.microsecond // 1000


def _iso(milliseconds):
    moment = _EPOCH + datetime.timedelta(milliseconds=milliseconds)
    return u'%s.%03dZ' % (
        moment.replace(microsecond=0).isoformat(), milliseconds % 1000)


class Instant(_text):
    """A moment as the API writes it: `2026-11-23T08:00:00.000Z`.

    It is text, may be sent back as it is, and is compared by time with
    datetimes and dates of Java (which stand on the right of an ==).
    """

    def datetime(self):
        """The same moment as a datetime, in UTC."""
        numbers = [int(digits) for digits in re.findall('[0-9]+', self)]
        return datetime.datetime(
            *numbers[:6], microsecond=numbers[6] * 1000, tzinfo=_Utc())

    def getTime(self):
        """Milliseconds since 1970, as a date of Java tells them."""
        return _milliseconds(self.datetime())

    def timetuple(self):
        """Lets a datetime of Python 2.7 leave the comparison to us."""
        return self.datetime().timetuple()

    __hash__ = _text.__hash__


def _by_time(name):
    as_text = getattr(_text, name)

    def compare(self, other):
        moment = None if other is None else _milliseconds(other)
        if moment is None:
            return as_text(self, other)
        return getattr(_iso(self.getTime()), name)(_iso(moment))
    return compare


for _name in ('__lt__', '__le__', '__eq__', '__ne__', '__ge__', '__gt__'):
    setattr(Instant, _name, _by_time(_name))


class Record(dict):
    """A dict whose fields are attributes too: `saved.id` is `saved['id']`.

    A field that is called like a method of dict is read as an item only.
    """

    def __getattr__(self, name):
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name)

    def __setattr__(self, name, value):
        self[name] = value

    def __repr__(self):
        ours = str is _text
        return json.dumps(
            _plain(self), ensure_ascii=not ours, sort_keys=not ours)

    __str__ = __repr__


def _received(pairs):
    record = Record()
    for name, value in pairs:
        if name.endswith('Date') and isinstance(value, _text):
            value = Instant(value)
        elif isinstance(value, _whole) and not isinstance(value, bool):
            if name == 'onHand' or name.lower().endswith('quantity'):
                value = float(value)
        record[name] = value
    return record


def _plain(value):
    """What JSON can write of a value; the server judges the rest."""
    if value is None or isinstance(value, (bool, _text) + _whole):
        return value
    if isinstance(value, bytes):
        return value.decode('utf-8')
    if isinstance(value, float):
        return value if abs(value) < float('inf') else _text(value)
    if isinstance(value, decimal.Decimal):
        return _text(format(value, 'f'))
    if isinstance(value, Mapping):
        return dict((_plain(name), _plain(value[name])) for name in value)
    if isinstance(value, Iterable):
        return [_plain(item) for item in value]
    moment = _milliseconds(value)
    if moment is not None:
        return _iso(moment)
    if hasattr(value, 'toPlainString'):  # java.math.BigDecimal
        return value.toPlainString()
    if isinstance(value, datetime.date):
        return _text(value.isoformat())
    raise TypeError('a value of %s cannot be sent' % type(value))


def _word(value):
    """A value as a part of a URL, in UTF-8."""
    plain = _plain(value)
    text = plain if isinstance(plain, _text) else json.dumps(plain)
    return text.encode('utf-8')


def _arguments(name, positions, args, keywords):
    if not positions and len(args) == 1 and isinstance(args[0], Mapping):
        values = dict(args[0])
    elif len(args) <= len(positions):
        values = dict(zip(positions, args))
    else:
        raise TypeError('%s() takes %d positions, and %d were given' % (
            name, len(positions), len(args)))
    for key in keywords:
        if key in values:
            raise TypeError('%s() was given %s twice' % (name, key))
    values.update(keywords)
    return values


_URL = re.compile(r'https?://([^/@?#:]+|\[[^/@?#]+\])(:[0-9]+)?(/[^?#]*)?$')


class Inventory(object):
    """The documented functions, as methods; a connection for each thread."""

    def __init__(self, url=None, key=None, timeout=30, attempts=4):
        self._url, self._key = url, key
        self._timeout, self._attempts = timeout, max(1, attempts)
        self._own = threading.local()

    def _call(self, name, args, keywords):
        method, path, positions = FUNCTIONS[name]
        values = _arguments(name, positions, args, keywords)

        def fill(found):
            value = values.pop(found.group(1), None)
            if value is None or value == '':
                raise TypeError('%s() needs %s' % (name, found.group(1)))
            return quote(_word(value), safe='')
        path = re.sub(r'{(\w+)}', fill, path)
        if method == 'POST':
            body = json.dumps(_plain(values), allow_nan=False)
            return self._send(method, path, body.encode('ascii'))
        given = [(_word(key), _word(value)) for key, value in values.items()
                 if value is not None]
        return self._send(
            method, path + ('?' + urlencode(given) if given else ''), None)

    def _settings(self):
        url = self._url or os.environ.get(
            'LOTBOOK_URL', 'http://127.0.0.1:3000')
        key = (self._key or os.environ.get('LOTBOOK_KEY', '')).strip()
        if not _URL.match(url):
            raise LotbookError(
                'LOTBOOK_URL must be like https://host:3000, without a key')
        if not re.match('[\x21-\x7e]+$', key):
            raise LotbookError(
                'set LOTBOOK_KEY to an API key, or call connect(url, key)')
        return urlsplit(url), str(key)

    def _connection(self, parts):
        own, process = self._own, os.getpid()
        if getattr(own, 'process', None) != process:
            own.process, own.connection = process, None
        if own.connection is None:
            more = {'timeout': self._timeout}
            kind = httplib.HTTPConnection
            if parts.scheme == 'https':
                try:
                    import ssl
                    more['context'] = ssl.create_default_context()
                    kind = httplib.HTTPSConnection
                except (ImportError, AttributeError) as cause:
                    raise LotbookError(
                        'this Python cannot check an https server: %s' % cause)
            own.connection = kind(parts.hostname, parts.port, **more)
        return own.connection

    def _close(self):
        connection = getattr(self._own, 'connection', None)
        self._own.connection = None
        if connection is not None:
            connection.close()

    def _exchange(self, parts, method, target, body, headers):
        try:
            connection = self._connection(parts)
            try:
                connection.request(method, target, body, headers)
            except socket.error as cause:
                # Hung up on before all of it was sent: the answer says why.
                if cause.errno != errno.EPIPE:
                    raise
            answer = connection.getresponse()
            return answer, answer.read()
        except:  # noqa: E722: an interrupted exchange must not be read on
            self._close()
            raise

    def _send(self, method, path, body):
        parts, key = self._settings()
        headers = {
            'Authorization': 'Bearer ' + key,
            'Accept': 'application/json',
            'User-Agent': 'lotbook-python/' + __version__,
        }
        if method == 'POST':
            headers['Content-Type'] = 'application/json'
            headers['Idempotency-Key'] = str(uuid.uuid4())
        if method == 'DELETE':  # no key: an idle connection could be closed
            self._close()
        target = parts.path.rstrip('/') + path
        unknown = None
        for attempt in range(self._attempts):
            pause = attempt and 0.3 * 2 ** attempt
            try:
                answer, content = self._exchange(
                    parts, method, str(target), body, headers)
            except (socket.error, IOError, httplib.HTTPException) as cause:
                failure = ConnectionFailed(
                    '%s did not answer %s %s (sent %d times): %s' % (
                        parts.netloc, method, path, attempt + 1,
                        str(cause) or type(cause).__name__))
                unknown = failure
                if method == 'DELETE':
                    break
            else:
                failure = _failure(answer, content)
                if failure is None:
                    return _read(content) if content else None
                again = answer.getheader('Retry-After')
                if type(failure) is Refused and answer.status >= 500:
                    # Who stands between has heard no more of it, and what
                    # failed in the server failed anywhere.
                    unknown = ConnectionFailed(
                        '%s answered %s %s (sent %d times): %s' % (
                            parts.netloc, method, path, attempt + 1, failure))
                elif getattr(failure, 'mayBeWritten', False):
                    unknown = failure
                elif again is None:
                    # A key that is refused now may have been good before.
                    late = unknown is not None and answer.status in (401, 403)
                    raise unknown if late else failure
                if unknown is not None and method == 'DELETE':
                    break
                if again is not None and again.isdigit():
                    pause = min(int(again), 5)
            if attempt + 1 < self._attempts:
                time.sleep(pause)
        # "Nothing was written" is said of the last attempt only.
        raise unknown or failure


def _read(content):
    try:
        text = content.decode('utf-8')
        return json.loads(text, object_pairs_hook=_received)
    except ValueError:
        raise LotbookError('LOTBOOK_URL leads to something else than Lotbook')


def _failure(answer, content):
    if 200 <= answer.status < 300:
        return None
    problem = Record(status=answer.status, title=answer.reason)
    if 'json' in answer.getheader('Content-Type', ''):
        problem = _read(content)
    kind = str(problem.get('type', '')).split('/')[-1]
    return REFUSALS.get(kind, Refused)(problem)


def _function(name, positions):
    def function(self, *args, **keywords):
        return self._call(name, args, keywords)
    function.__name__ = name
    function.__doc__ = '%s(%s)' % (name, ', '.join(positions) or '**request')
    return function


for _name in FUNCTIONS:
    setattr(Inventory, _name, _function(_name, FUNCTIONS[_name][2]))


class _Space(object):
    def __init__(self, **members):
        self.__dict__.update(members)


def connect(url=None, key=None, timeout=30, attempts=4):
    """A `system` for a server; without arguments, for LOTBOOK_URL and _KEY.

    timeout: seconds that one attempt may take. attempts: how often a request
    is sent at most, where the connection fails or the server asks for it.
    """
    inventory = Inventory(url, key, timeout, attempts)
    return _Space(mes=_Space(inventory=inventory))


system = connect()


def main(argv):
    """Runs a script that finds `system` among its builtins."""
    if len(argv) < 2:
        sys.stderr.write('usage: python3 lotbook_client.py script.py ...\n')
        return 2
    sys.modules['lotbook_client'] = sys.modules[__name__]
    builtins.system = system
    sys.argv = argv[1:]
    sys.path.insert(0, os.path.dirname(os.path.abspath(argv[1])))
    runpy.run_path(argv[1], run_name='__main__')
    return 0


if __name__ == '__main__':
    sys.exit(main(sys.argv))
