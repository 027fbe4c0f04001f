"""One file of rates from one address."""

from __future__ import annotations

from .. import http
from .reading import LARGEST_FILE, RateFileError

_ACCEPT = "application/xml, text/csv, application/json, text/plain;q=0.8, */*;q=0.1"


def fetch(url: str, *, timeout: float = 30.0, **door) -> bytes:
    """The bytes behind ``url``.

    :param door: ``networks``, ``proxy`` and ``ca_file`` of ``clients.http.Request``
    :raise ClientError: there is no answer, or a refusal
    :raise RateFileError: the answer is longer than any file of rates
    """
    request = http.Request(
        "GET", url, headers={"Accept": _ACCEPT}, timeout=timeout, most_bytes=LARGEST_FILE + 1, **door
    )
    body = http.send(request).body
    if len(body) > LARGEST_FILE:
        raise RateFileError("too_large")
    return body
