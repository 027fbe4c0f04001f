"""What a signed file holds: CAdES (``.p7m``), as Italian invoices come. The signature itself is not verified here.

BER of X.690 is walked by its lengths, as far as ContentInfo / SignedData / EncapsulatedContentInfo of RFC 5652: the
content is an octet string, whole or in pieces.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator

_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
_SEQUENCE, _OCTETS, _PIECES, _CONTEXT = 0x30, 0x04, 0x24, 0xA0
_HEAD = 64
_MOST_DEPTH = 6
_MOST_PARTS = 100_000


def content_of(data: bytes) -> bytes | None:
    """The signed content; None when the file is no such file."""
    data = _decoded(data)
    if data[:1] != bytes((_SEQUENCE,)) or _SIGNED_DATA not in data[:_HEAD]:
        return None
    try:
        return _content(data)
    except (IndexError, ValueError, StopIteration):
        return None


def _decoded(data):
    """The file, of which some programs make lines of base64."""
    if data[:1] != b"M":  # 0x30 0x8. in base64
        return data
    try:
        return base64.b64decode(b"".join(data.split()), validate=True)
    except binascii.Error:
        return data


def _content(data):
    info = _child(data, 0, len(data), _SEQUENCE)
    signed = _child(data, *_child(data, *info, _CONTEXT), _SEQUENCE)
    inner = [part for part in _parts(data, *signed) if part[0] == _SEQUENCE][0]
    wrapped = _child(data, *inner[1:], _CONTEXT)
    return b"".join(_octets(data, *wrapped, _MOST_DEPTH)) or None


def _child(data, start, end, tag):
    return next((begin, stop) for found, begin, stop in _parts(data, start, end) if found == tag)


def _octets(data, start, end, depth) -> Iterator[bytes]:
    if not depth:
        raise ValueError("too deep")
    for tag, begin, stop in _parts(data, start, end):
        if tag == _OCTETS:
            yield data[begin:stop]
        elif tag == _PIECES:
            yield from _octets(data, begin, stop, depth - 1)


def _parts(data, start, end) -> Iterator[tuple[int, int, int]]:
    """(tag, start of the content, its end) of each element."""
    for _count in range(_MOST_PARTS):
        if start >= end or data[start : start + 2] == b"\x00\x00":
            return
        tag, begin, length = _head(data, start)
        stop = begin + length if length is not None else _end_of(data, begin, end, _MOST_DEPTH)
        if stop > end:
            raise ValueError("cut off")
        yield tag, begin, stop
        start = stop if length is not None else stop + 2


def _head(data, start):
    """(tag, where the content begins, its length or None when it is not told)."""
    tag, first = data[start], data[start + 1]
    if first < 0x80:
        return tag, start + 2, first
    size = first & 0x7F
    if not size:
        return tag, start + 2, None
    if size > 4:
        raise ValueError("too long")
    return tag, start + 2 + size, int.from_bytes(data[start + 2 : start + 2 + size], "big")


def _end_of(data, start, end, depth):
    """Where an element of untold length ends: at two zeros in the place of an element."""
    if not depth:
        raise ValueError("too deep")
    for _count in range(_MOST_PARTS):
        if data[start : start + 2] == b"\x00\x00":
            return start
        _tag, begin, length = _head(data, start)
        start = begin + length if length is not None else _end_of(data, begin, end, depth - 1) + 2
        if start >= end:
            break
    raise ValueError("no end")
