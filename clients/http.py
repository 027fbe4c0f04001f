"""The door: the one module that opens a connection.

``send(request)`` returns a ``Reply`` or raises ``ClientError``. The machine's proxy variables and ``.netrc`` are not
looked at; a proxy is told in the request. Redirects are not followed: a moved address is the caller's to decide.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import requests

from . import redact
from .errors import ClientError

READ_SECONDS = 30.0
MOST_BYTES = 10 * 1024 * 1024
IDEMPOTENCY_HEADER = "Idempotency-Key"
#: Statuses that may pass by themselves: too early, too many, and the server's own troubles.
TEMPORARY = frozenset({408, 409, 423, 425, 429, 500, 502, 503, 504})
_LONGEST_WAIT = 24 * 3600
_SHOWN = 300


@dataclass(frozen=True, slots=True)
class Request:
    """``idempotency_key``: the same for every attempt of one effect. ``secrets``: masked in every error."""

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    idempotency_key: str | None = None
    timeout: float = READ_SECONDS
    proxy: str | None = None
    secrets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back with a status below 400. Header names are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def send(request: Request) -> Reply:
    """Send once; how often to try is the caller's to decide.

    :raise ClientError: for anything but a reply with a status below 300
    """
    _check(request)
    headers = dict(request.headers)
    if request.idempotency_key:
        headers[IDEMPOTENCY_HEADER] = request.idempotency_key
    proxies = {"http": request.proxy, "https": request.proxy} if request.proxy else {}
    try:
        with requests.Session() as session:
            session.trust_env = False
            with session.request(
                request.method,
                request.url,
                data=request.body,
                headers=headers,
                timeout=request.timeout,
                proxies=proxies,
                allow_redirects=False,
                stream=True,
            ) as response:
                body = _body(response)
    except requests.RequestException as error:
        raise ClientError(_reason(error, request), permanent=_is_hopeless(error)) from None
    if response.status_code >= 300:
        raise _refusal(response, body, request)
    names = {name.lower(): value for name, value in response.headers.items()}
    return Reply(response.status_code, names, body)


def _check(request):
    parts = urlsplit(request.url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ClientError(f"Not a web address: {redact.url(request.url)}", permanent=True)
    for name, value in request.headers.items():
        if "\n" in f"{name}{value}" or "\r" in f"{name}{value}":
            raise ClientError("A header holds a line break.", permanent=True)


def _body(response):
    """The body up to a limit: what is longer is cut, nobody needs it."""
    parts, size = [], 0
    for part in response.iter_content(64 * 1024):
        parts.append(part)
        size += len(part)
        if size >= MOST_BYTES:
            break
    return b"".join(parts)[:MOST_BYTES]


def _is_hopeless(error):
    return isinstance(error, (requests.exceptions.InvalidURL, requests.exceptions.InvalidSchema, ValueError))


def _reason(error, request):
    where = redact.url(request.url)
    if isinstance(error, requests.Timeout):
        return f"{where} did not answer in time."
    if isinstance(error, requests.exceptions.SSLError):
        return f"The certificate of {where} was not accepted."
    if isinstance(error, requests.ConnectionError):
        return f"{where} can't be reached."
    return redact.text(f"{where}: {error}", request.secrets)[:_SHOWN]


def _refusal(response, body, request):
    status = response.status_code
    said = redact.text(body[:2000].decode("utf-8", "replace").strip(), request.secrets)[:_SHOWN]
    message = f"{redact.url(request.url)} answered {status}{': ' if said else ''}{said}"
    return ClientError(message, status not in TEMPORARY, _wait(response.headers.get("Retry-After")), status)


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
