"""Whether a picture says what its XML says: who pays by the picture must not be booked by the XML."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from ..text import core_name, squeeze
from .reading import Reading

Problem = tuple[str, dict[str, Any]]
#: What the picture must show when it shows anything of the kind.
_AMOUNTS = ("total", "net", "tax", "to_pay")
_TEXTS = ("number", "vendor_iban", "vendor_vat")
CENT = Decimal("0.01")


def agree(xml: Reading, text: Reading, words: str = "") -> tuple[Problem, ...]:
    """Fields in which the picture contradicts the XML: ``("picture", {"field", "xml", "text"})``.

    A field that the picture does not show, or that could not be read surely, contradicts nothing.

    :param words: all the picture's text; a value that stands in it is taken for agreed
    """
    shown = squeeze(words) if words else ""
    return tuple(_contradictions(xml, text, shown))


def _contradictions(xml: Reading, text: Reading, shown: str) -> Iterator[Problem]:
    for name in (*_AMOUNTS, *_TEXTS, "date", "due_date", "currency", "vendor"):
        said, seen = xml.value(name), text.fields.get(name)
        if not said or seen is None or not seen.value or seen.source == "computed":
            continue
        if not is_readable(name, seen.confidence):
            continue
        if not _is_same(name, said, seen.value) and not _is_shown(name, said, shown):
            yield "picture", {"field": name, "xml": said, "text": seen.value}


def is_readable(name: str, confidence: float) -> bool:
    """Whether a field was read surely enough to contradict."""
    return confidence >= (0.9 if name in ("vendor", "number") else 0.8)


def _is_same(name: str, said: str, seen: str) -> bool:
    if name in _AMOUNTS:
        return abs(abs(Decimal(said)) - abs(Decimal(seen))) <= CENT
    if name == "vendor":
        return bool(set(core_name(said)) & set(core_name(seen)))
    return squeeze(said) == squeeze(seen)


def _is_shown(name: str, said: str, shown: str) -> bool:
    """Whether the XML's text stands somewhere in the picture, so that only the reading of it was wrong."""
    if not shown or name in _AMOUNTS or name in ("date", "due_date", "currency"):
        return False
    return squeeze(said) in shown
