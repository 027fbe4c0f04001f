"""XML of an invoice as a tree that is asked by local names: its namespaces differ from version to version."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation

from .page import DocumentError

_BYTES = 20_000_000
_SPACES = re.compile(r"\s+")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_TEXT_LENGTH = 2000
#: No amount on an invoice has more digits; larger exponents are attacks.
_MOST_DIGITS = 30


class Node:
    """An element. Paths are local names joined by "/"; "a|b" takes either."""

    __slots__ = ("_element", "name")

    def __init__(self, element):
        self._element = element
        self.name = _local(element.tag)

    def __iter__(self) -> Iterator[Node]:
        return (Node(child) for child in self._element if isinstance(child.tag, str))

    def all(self, path: str) -> list[Node]:
        found = [self]
        for step in path.split("/"):
            names = step.split("|")
            found = [child for node in found for child in node if child.name in names]
        return found

    def first(self, *paths: str) -> Node | None:
        return next((node for path in paths for node in self.all(path)), None)

    def text(self, *paths: str) -> str:
        """The first text that is not empty, in one line."""
        for path in paths:
            for node in self.all(path):
                if node.value:
                    return node.value
        return ""

    def amount(self, *paths: str) -> Decimal | None:
        return number(self.text(*paths))

    def day(self, *paths: str) -> str:
        """A day as ISO date, empty when there is none."""
        return day(self.text(*paths))

    def get(self, name: str) -> str:
        """An attribute."""
        return self._element.get(name, "")

    @property
    def value(self) -> str:
        return _SPACES.sub(" ", self._element.text or "").strip()[:_TEXT_LENGTH]


def parse(content: bytes) -> Node:
    """The root.

    :raise DocumentError: ``damaged``, ``too_large``, ``no_xml``; entities and outside references are refused
    """
    try:
        from defusedxml import DefusedXmlException
        from defusedxml.ElementTree import ParseError, fromstring
    except ImportError:
        raise DocumentError("no_xml") from None
    if len(content) > _BYTES:
        raise DocumentError("too_large", size=len(content), limit=_BYTES)
    try:
        return Node(fromstring(content.lstrip(), forbid_dtd=True))
    except (ParseError, DefusedXmlException, ValueError, LookupError, RecursionError) as error:
        raise DocumentError("damaged", error=type(error).__name__) from None


def number(text: str) -> Decimal | None:
    text = text.replace(" ", "")
    if not text or len(text) > _MOST_DIGITS:
        return None
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() and abs(value.adjusted()) < _MOST_DIGITS else None


def day(text: str) -> str:
    found = _ISO.match(text) or _COMPACT.match(text)
    if not found:
        return ""
    try:
        return date(*map(int, found.groups())).isoformat()
    except ValueError:
        return ""


def _local(tag):
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
