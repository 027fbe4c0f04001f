"""E-invoices in XML: UBL 2 (Peppol BIS, XRechnung), CII (Factur-X, ZUGFeRD 1 and 2), FatturaPA.

What is read has the form of ``engine.extraction.reading.Reading.to_json()``, every field with source "xml"; nothing is
guessed. Amounts are positive: an invoice below zero is a credit note. ``vendor_iban`` is the account to pay to as it is
told, in some countries no IBAN. Allowances and charges of the whole document come as items of their own, so that the
items add up to its net.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from . import cii, fatturapa, kinds, ubl
from .page import DocumentError
from .xmltree import Node, parse

Facts = dict[str, Any]


def _plain(root: Node) -> list[Facts]:
    """Of a root "Invoice": UBL, but for the draft of ZUGFeRD 1, which is CII under that name."""
    return (cii if root.first("HeaderExchangedDocument") else ubl).read(root)


_FORMATS: dict[str, Callable[[Node], list[Facts]]] = {
    "Invoice": _plain,
    "CreditNote": ubl.read,
    "CrossIndustryInvoice": cii.read,
    "CrossIndustryDocument": cii.read,
    "FatturaElettronica": fatturapa.read,
    "FatturaElettronicaSemplificata": fatturapa.read,
}
#: What goes around an invoice: the envelope of Peppol, of signing services.
_WRAPPED = 3


def read(content: bytes) -> Facts | None:
    """The first invoice of an XML file.

    :return: JSON of a reading, None when the XML is no invoice
    :raise DocumentError: ``damaged``, ``too_large``, ``no_xml``
    """
    found = read_all(content)
    return found[0] if found else None


def read_all(content: bytes) -> list[Facts]:
    """Every invoice of an XML file: FatturaPA may hold several of one vendor."""
    if not kinds.xml_root(content):
        return []
    root = _invoice(parse(content), _WRAPPED)
    return [found for found in _FORMATS[root.name](root) if _is_told(found)] if root else []


def is_einvoice(content: bytes) -> bool:
    """Whether these bytes are an invoice of a format that is read here; broken XML is none."""
    try:
        return read(content) is not None
    except DocumentError:
        return False


def _is_told(found):
    """Whether it says what every invoice says; other programs call their files "Invoice" too."""
    return "number" in found["fields"] or "total" in found["fields"]


def _invoice(node, depth):
    if node.name in _FORMATS:
        return node
    if not depth:
        return None
    return next((found for child in node if (found := _invoice(child, depth - 1))), None)
