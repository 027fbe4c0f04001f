"""Signatures of Standard Webhooks 1.0 (symmetric, ``v1``): what is signed here and what comes in.

What is signed is ``<id>.<timestamp>.<body>``, byte for byte as sent.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
import secrets
import time
from collections.abc import Iterable, Mapping
from email.utils import parsedate_to_datetime

ID_HEADER = "webhook-id"
TIMESTAMP_HEADER = "webhook-timestamp"
SIGNATURE_HEADER = "webhook-signature"
VERSION = "v1"
SECRET_PREFIX = "whsec_"
#: How far the sender's clock may be away, in seconds.
TOLERANCE = 300
SECRET_BYTES = 32
_TIMESTAMP = re.compile(r"[0-9]{1,15}", re.ASCII)
#: Longer headers are refused unread: two secrets need 100 characters.
_LONGEST = 4096


class SignatureError(Exception):
    """Why something that came in is not accepted as genuine.

    ``reason``: ``missing_header``, ``bad_header``, ``bad_timestamp``, ``too_old``, ``too_new``, ``no_match``.
    """

    def __init__(self, reason):
        super().__init__(reason.replace("_", " "))
        self.reason = reason


def new_secret() -> str:
    """A random secret as receivers write it down: ``whsec_`` and 32 bytes in base64."""
    return SECRET_PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def key(secret: str | bytes) -> bytes:
    """The bytes of a secret: base64 with or without ``whsec_`` and padding; bytes are taken as they are.

    :raise ValueError: it is empty or no base64
    """
    if isinstance(secret, bytes):
        value = secret
    else:
        text = secret.strip().removeprefix(SECRET_PREFIX).rstrip("=")
        try:
            value = base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
        except (binascii.Error, ValueError):
            raise ValueError("The secret is no base64.") from None
    if not value:
        raise ValueError("The secret is empty.")
    return value


def sign(secret: str | bytes, message_id: str, timestamp: int, body: bytes) -> str:
    """One signature: ``v1,<base64>``."""
    return _signature(key(secret), message_id, str(int(timestamp)), body)


def headers(secrets_: Iterable[str | bytes], message_id: str, timestamp: int, body: bytes) -> dict[str, str]:
    """The three headers, signed with each secret that is valid now, the newest first."""
    signatures = [sign(secret, message_id, timestamp, body) for secret in secrets_]
    if not signatures:
        raise ValueError("Nothing to sign with.")
    return {
        ID_HEADER: message_id,
        TIMESTAMP_HEADER: str(int(timestamp)),
        SIGNATURE_HEADER: " ".join(signatures),
    }


def verify(
    secrets_: Iterable[str | bytes],
    headers_: Mapping[str, str],
    body: bytes,
    now: float | None = None,
    tolerance: int = TOLERANCE,
) -> str:
    """The id of a message whose signature and timestamp are good.

    :param secrets_: those that are valid now, in any order
    :param headers_: of the request; the case of names does not matter
    :param body: the raw bytes, never parsed and written again
    :param now: seconds since 1970; this machine's clock if not told
    :raise SignatureError: it is not genuine, or too old to tell from a repetition
    :raise ValueError: a secret can't be read
    """
    message_id, timestamp, given = _metadata(headers_)
    _check_age(int(timestamp), time.time() if now is None else now, tolerance)
    signatures = [each.encode() for each in given.split(" ") if each.startswith(f"{VERSION},")]
    is_good = False
    # Every pair is compared: the time tells neither which secret nor which signature was near.
    for secret in secrets_:
        expected = _signature(key(secret), message_id, timestamp, body).encode()
        for signature in signatures:
            is_good |= hmac.compare_digest(expected, signature)
    if not is_good:
        raise SignatureError("no_match")
    return message_id


def verify_body(secrets_: Iterable[str], given: str, body: bytes) -> bool:
    """Whether ``given`` is the base64 of the HMAC-SHA256 of the raw body (Xero and many others sign so).

    The key is the text itself in UTF-8, not what its base64 would stand for. No time is signed: what comes again is
    told by its content only. Never raises.
    """
    offered = given.encode() if isinstance(given, str) and len(given) <= _LONGEST else b""
    is_good = False
    for secret in secrets_:
        digest = hmac.new(secret.encode(), body, hashlib.sha256).digest()
        is_good |= hmac.compare_digest(base64.b64encode(digest), offered)
    return is_good


def ahead(timestamp: str | None, date: str | None) -> float | None:
    """By how many seconds the clock of who wrote ``timestamp`` is ahead of who wrote the ``Date`` header, if told."""
    try:
        return int(timestamp) - parsedate_to_datetime(date).timestamp()
    except (TypeError, ValueError, OverflowError):
        return None


def _signature(secret, message_id, timestamp, body):
    signed = b".".join((message_id.encode(), timestamp.encode(), body))
    return f"{VERSION},{base64.b64encode(hmac.new(secret, signed, hashlib.sha256).digest()).decode()}"


def _metadata(headers_):
    lower = {str(name).lower(): value for name, value in headers_.items()}
    values = [lower.get(name) for name in (ID_HEADER, TIMESTAMP_HEADER, SIGNATURE_HEADER)]
    if not all(values):
        raise SignatureError("missing_header")
    # Web servers hand header bytes on as latin-1: only ASCII can be what was signed.
    if any(len(value) > _LONGEST or not value.isascii() or not value.isprintable() for value in values):
        raise SignatureError("bad_header")
    if not _TIMESTAMP.fullmatch(values[1]):
        raise SignatureError("bad_timestamp")
    return values


def _check_age(timestamp, now, tolerance):
    if timestamp < now - tolerance:
        raise SignatureError("too_old")
    if timestamp > now + tolerance:
        raise SignatureError("too_new")
