"""What is the same content, and the key under which the other side takes it once."""

from __future__ import annotations

import hashlib

from ..audit.chain import canonical, plain

NEVER = "0"


def digest(content) -> str:
    """SHA-256 of a JSON value, whatever the order of its keys; 64 hex digits."""
    return hashlib.sha256(canonical(plain(content)).encode()).hexdigest()


def version(content_digest: str, acknowledged: str | None) -> str:
    """The version of a content that follows what the other side last acknowledged.

    ``acknowledged`` tells one acknowledgement from the next. Without it a record that goes from A to B and back to A
    would be sent with the key of the first A, and a side that remembers keys would answer that it has A already.
    """
    return f"{acknowledged or NEVER}:{content_digest}"


def idempotency_key(company: str, record: str, direction: str, content_version: str) -> str:
    """The same for every attempt of one effect, also after a restored dump; 64 hex digits.

    :param company: names the company among all databases
    :param record: model and id
    :param direction: ``out`` or ``in``
    """
    return hashlib.sha256(canonical([company, record, direction, content_version]).encode()).hexdigest()
