"""What goes between two processes: one object of JSON, then bytes of its blobs. No pickles: a hostile file may have
taken over the process that answers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from .page import DocumentError, Page, Scan

_LENGTH = 8


def packed(told: dict[str, Any], blobs: Sequence[bytes] = ()) -> bytes:
    head = json.dumps({**told, "blobs": [len(blob) for blob in blobs]}).encode()
    return b"".join((len(head).to_bytes(_LENGTH, "big"), head, *blobs))


def unpacked(data: bytes) -> tuple[dict[str, Any], list[bytes]]:
    """The object and its blobs.

    :raise ValueError: for anything that :func:`packed` did not make
    """
    end = _LENGTH + int.from_bytes(data[:_LENGTH], "big")
    if len(data) < end or end == _LENGTH:
        raise ValueError("cut off")
    told = json.loads(data[_LENGTH:end])
    blobs = []
    for length in told.pop("blobs"):
        blobs.append(data[end : end + length])
        end += length
    if end != len(data) or any(length < 0 for length in map(len, blobs)):
        raise ValueError("of another length")
    return told, blobs


def packed_scan(scan: Scan) -> bytes:
    told = {
        "media_type": scan.media_type,
        "pages": [page.to_json() for page in scan.pages],
        "documents": scan.documents,
        "embedded": [name for name, _content in scan.embedded],
        "images": list(scan.images),
        "total": scan.total,
        "next": scan.next,
    }
    return packed(told, [*(content for _name, content in scan.embedded), *scan.images.values()])


def packed_error(error: DocumentError) -> bytes:
    return packed({"error": error.code, "values": error.values})


def unpacked_scan(data: bytes) -> Scan:
    """:raise DocumentError: the one that was packed"""
    told, blobs = unpacked(data)
    raise_error(told)
    names, numbers = told["embedded"], told["images"]
    if len(blobs) != len(names) + len(numbers):
        raise ValueError("blobs")
    return Scan(
        told["media_type"],
        tuple(map(Page.from_json, told["pages"])),
        tuple(zip(names, blobs[: len(names)], strict=True)),
        tuple(tuple(group) for group in told["documents"]),
        dict(zip(numbers, blobs[len(names) :], strict=True)),
        told["total"],
        told["next"],
    )


def raise_error(told: dict[str, Any]) -> None:
    if "error" in told:
        raise DocumentError(told["error"], **told["values"])
