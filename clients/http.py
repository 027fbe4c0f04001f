"""The door: the one module that opens a connection.

``send(request)`` returns a ``Reply`` or raises ``ClientError``. The machine's proxy variables and ``.netrc`` are not
looked at; a proxy is told in the request. Redirects are not followed: a moved address is the caller's to decide.

A *guarded* request reaches public addresses and those of its ``networks`` only. The name is looked up once, and the
connection goes to the very address that was checked; TLS still verifies the name. With a proxy it is the proxy that
looks names up, so the proxy must do the guarding; addresses that are spelled out are refused here all the same.
"""

from __future__ import annotations

import http.client
import io
import re
import socket
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from http.cookiejar import DefaultCookiePolicy
from urllib.parse import urlsplit

import requests
import urllib3
from requests.adapters import HTTPAdapter

from . import addresses, redact
from .errors import ClientError

READ_SECONDS = 30.0
#: For one address; a name may have several.
CONNECT_SECONDS = 10.0
MOST_BYTES = 10 * 1024 * 1024
IDEMPOTENCY_HEADER = "Idempotency-Key"
#: Statuses that may pass by themselves: too early, too many, and the server's own troubles.
TEMPORARY = frozenset({408, 409, 423, 425, 429, *range(500, 600)})
#: A connection that rested longer is not used again: servers close theirs after a few seconds.
_REST_SECONDS = 2.0
#: How long a body that nobody needs is waited for.
_UNNEEDED_SECONDS = 2.0
_LONGEST_WAIT = 24 * 3600
_SHOWN = 300
_READ = 2000
_HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")


@dataclass(frozen=True, slots=True)
class Request:
    """``idempotency_key``: the same for every attempt of one effect. ``secrets``: masked in every error.

    ``timeout``: seconds for all of it, from the look-up of the name to the last byte. ``guarded``, ``networks``: see
    above. ``ca_file``: certificates to trust instead of the public ones. ``most_bytes``: a longer body is cut.
    ``needs_body``: False when the status says all; a body that is late or broken is then no failure.
    """

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    idempotency_key: str | None = None
    timeout: float = READ_SECONDS
    proxy: str | None = None
    secrets: tuple[str, ...] = ()
    guarded: bool = True
    networks: tuple[str, ...] = ()
    ca_file: str | None = None
    most_bytes: int = MOST_BYTES
    needs_body: bool = True


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back. Header names are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def send(request: Request) -> Reply:
    """Send once; how often to try is the caller's to decide.

    :raise ClientError: for anything but a reply with a status below 300
    """
    _check(request)
    call = _thread.call = _Call(request)
    is_whole = False
    try:
        session = _session(request)
        with _open(session, request, call) as response:
            reply = _reply(response, call)
        is_whole = not call.is_cut
    except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
        raise _failure(error, call) from None
    except ValueError as error:
        text = redact.text(f"{redact.url(request.url)}: {error}", request.secrets)[:_SHOWN]
        raise ClientError(text, permanent=True, reason="bad_request") from None
    finally:
        _thread.call = None
        if not is_whole:
            _thread.close()
    if reply.status >= 300:
        raise _refusal(reply, request)
    return reply


# === BEFORE === #


def _check(request):
    try:
        parts = urlsplit(request.url)
        is_address = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_address = False
    if not is_address:
        raise ClientError(f"Not a web address: {_told(request.url)}", permanent=True, reason="bad_address")
    for name, value in request.headers.items():
        problem = header_problem(name, value)
        if problem:
            raise ClientError(problem, permanent=True, reason="bad_request")
    if request.guarded:
        spelled = addresses.literal(parts.hostname)
        if spelled and not addresses.is_allowed(spelled, request.networks):
            raise _private(request, spelled)


def _told(url):
    try:
        return redact.url(url)
    except ValueError:
        return "?"


def header_problem(name, value):
    """Why a header can't be sent, or None."""
    if "\n" in f"{name}{value}" or "\r" in f"{name}{value}":
        return "A header holds a line break."
    if not _HEADER_NAME.fullmatch(name):
        return f"{name[:50]!r} is no name of a header."
    if not value.isascii() or not all(character.isprintable() or character == "\t" for character in value):
        return f"The header {name} holds characters that can't be sent."
    return None


def _private(request, address):
    return ClientError(
        f"{redact.url(request.url)} is at {address}, which is no public address. Addresses of the own network are "
        "allowed in the server's configuration file only.",
        permanent=True,
        reason="private_address",
    )


# === SENDING === #


class _Call:
    """One request under way: until when, and what became of it so far."""

    def __init__(self, request):
        self.request = request
        self.deadline = time.monotonic() + request.timeout
        self.is_sent = False
        self.is_cut = False

    def left(self):
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("The time is over.")
        return left

    def hurry(self, seconds):
        self.deadline = min(self.deadline, time.monotonic() + seconds)

    def is_over(self):
        return time.monotonic() >= self.deadline


class _Thread(threading.local):
    """What a thread has open. One session is kept for a short while: a batch goes through one connection."""

    def __init__(self):
        self.call = self.session = self.key = None
        self.used = 0.0

    def close(self):
        if self.session:
            self.session.close()
        self.session = None


_thread = _Thread()


def _session(request):
    key = (request.proxy, request.guarded, request.networks, request.ca_file)
    if _thread.key != key or time.monotonic() > _thread.used + _REST_SECONDS:
        _thread.close()
    if not _thread.session:
        session = requests.Session()
        session.trust_env = False
        session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        adapter = _Adapter(pool_maxsize=1)
        session.mount("http://", adapter)
        session.mount("https://", adapter)
        _thread.session, _thread.key = session, key
    _thread.used = time.monotonic()
    return _thread.session


def _open(session, request, call):
    # Bodies come as they are: one that unfolds to gigabytes can't be sent to us.
    headers = {"Accept-Encoding": "identity", **request.headers}
    # A question about an effect names its key for the caller's own notes.
    if request.idempotency_key and request.method != "GET":
        headers[IDEMPOTENCY_HEADER] = request.idempotency_key
    proxies = {"http": request.proxy, "https": request.proxy} if request.proxy else {}
    return session.request(
        request.method,
        request.url,
        data=request.body,
        headers=headers,
        timeout=call.left(),
        proxies=proxies,
        verify=request.ca_file or True,
        allow_redirects=False,
        stream=True,
    )


def _reply(response, call):
    request = call.request
    is_wanted = request.needs_body and response.status_code < 300
    most = request.most_bytes if is_wanted else min(request.most_bytes, 64 * 1024)
    if not is_wanted:
        call.hurry(_UNNEEDED_SECONDS)
    parts, size = [], 0
    try:
        for part in response.raw.stream(64 * 1024, decode_content=False):
            parts.append(part)
            size += len(part)
            if size >= most:
                call.is_cut = True
                break
    except (urllib3.exceptions.HTTPError, OSError):
        if is_wanted:
            raise
        call.is_cut = True
    names = {name.lower(): value for name, value in response.headers.items()}
    return Reply(response.status_code, names, b"".join(parts)[:most])


class _Timed(io.RawIOBase):
    """Reads of a socket, each with what is left of the time: a byte now and then does not hold the door open."""

    def __init__(self, sock, raw):
        self._sock, self._raw = sock, raw

    def readable(self):
        return True

    def readinto(self, buffer):
        self._sock.settimeout(_thread.call.left() if _thread.call else CONNECT_SECONDS)
        return self._raw.readinto(buffer)

    def close(self):
        self._raw.close()
        return super().close()


class _Response(http.client.HTTPResponse):
    def __init__(self, sock, *args, **kwargs):
        super().__init__(sock, *args, **kwargs)
        self.fp = io.BufferedReader(_Timed(sock, self.fp.detach()))


class _Checked:
    """A connection to an address that was looked at."""

    response_class = _Response

    def _new_conn(self):
        call = _thread.call
        error = None
        for family, kind, protocol, _name, address in self._look_up(call):
            sock = socket.socket(family, kind, protocol)
            try:
                for option in self.socket_options or ():
                    sock.setsockopt(*option)
                sock.settimeout(min(call.left(), CONNECT_SECONDS))
                sock.connect(address)
                sock.settimeout(call.left())
                return sock
            except OSError as caught:
                sock.close()
                error = caught
        raise error

    def _look_up(self, call):
        """Every address of the name, if all of them may be reached: mixed answers are how rebinding works."""
        host = self._dns_host
        try:
            found = socket.getaddrinfo(host, self.port, type=socket.SOCK_STREAM)
        except (socket.gaierror, UnicodeError):
            raise ClientError(f"There is no server of the name {host[:200]}.", reason="unknown_host") from None
        # The proxy is told in the server's configuration, by whoever may read its disk.
        if call.request.guarded and not call.request.proxy:
            for *_kind, address in found:
                if not addresses.is_allowed(address[0], call.request.networks):
                    raise _private(call.request, address[0])
        return found

    def request(self, *args, **kwargs):
        if self.sock is None:
            self.connect()
        # From here on the other side may have got it, whatever happens.
        _thread.call.is_sent = True
        return super().request(*args, **kwargs)


class _PlainConnection(_Checked, urllib3.connection.HTTPConnection):
    pass


class _TlsConnection(_Checked, urllib3.connection.HTTPSConnection):
    pass


class _PlainPool(urllib3.HTTPConnectionPool):
    ConnectionCls = _PlainConnection


class _TlsPool(urllib3.HTTPSConnectionPool):
    ConnectionCls = _TlsConnection


class _Adapter(HTTPAdapter):
    def init_poolmanager(self, *args, **kwargs):
        manager = super().init_poolmanager(*args, **kwargs)
        self._arm(self.poolmanager)
        return manager

    def proxy_manager_for(self, *args, **kwargs):
        return self._arm(super().proxy_manager_for(*args, **kwargs))

    @staticmethod
    def _arm(manager):
        manager.pool_classes_by_scheme = {"http": _PlainPool, "https": _TlsPool}
        return manager


# === AFTER === #


def _failure(error, call):
    """What to say about an exchange that did not come to its end."""
    where = redact.url(call.request.url)
    is_late = call.is_over() or isinstance(error, (requests.Timeout, urllib3.exceptions.TimeoutError, TimeoutError))
    if is_late:
        return ClientError(f"{where} did not answer in time.", reason="timeout", maybe_done=call.is_sent)
    if isinstance(error, requests.exceptions.SSLError):
        return ClientError(f"The certificate of {where} was not accepted.", reason="certificate")
    if isinstance(error, requests.exceptions.ProxyError):
        return ClientError(f"The proxy did not let us through to {where}.", reason="proxy")
    if isinstance(error, (requests.exceptions.InvalidURL, requests.exceptions.InvalidSchema)):
        return ClientError(f"Not a web address: {where}", permanent=True, reason="bad_address")
    if call.is_sent:
        return ClientError(f"{where} broke off before its answer was complete.", reason="broken_off", maybe_done=True)
    return ClientError(f"{where} can't be reached.", reason="unreachable")


def _refusal(reply, request):
    status = reply.status
    said = redact.text(reply.body[:_READ].decode("utf-8", "replace").strip(), request.secrets)[:_SHOWN]
    message = f"{redact.url(request.url)} answered {status}{': ' if said else ''}{said}"
    wait = _wait(reply.headers.get("retry-after"))
    return ClientError(message, status not in TEMPORARY, wait, status, reason=_word(status), reply=reply)


def _word(status):
    words = {401: "unauthorized", 403: "unauthorized", 404: "not_found", 410: "gone", 429: "busy"}
    if status in words:
        return words[status]
    return {3: "moved", 4: "refused", 5: "server_error"}.get(status // 100, "refused")


def _wait(text):
    """Seconds of a Retry-After header, which holds seconds or a date; None when it says nothing usable."""
    if not text:
        return None
    try:
        seconds = float(text)
    except ValueError:
        try:
            moment = parsedate_to_datetime(text)
        except (TypeError, ValueError):
            return None
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=timezone.utc)
        seconds = (moment - datetime.now(timezone.utc)).total_seconds()
    return max(0.0, min(seconds, _LONGEST_WAIT)) if seconds == seconds else None
