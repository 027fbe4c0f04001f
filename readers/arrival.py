"""What a file that arrived unasked is: a bank statement or a document. Its content decides, not what it is called."""

from __future__ import annotations

import re

from . import upload
from .bankfile import BankFileError, detect

STATEMENT = "statement"
DOCUMENT = "document"
#: Root elements of e-invoices: UBL, CII (Factur-X, ZUGFeRD), FatturaPA.
_INVOICE = re.compile(
    rb"<(?:[\w.-]+:)?(Invoice|CreditNote|CrossIndustryInvoice|CrossIndustryDocument|FatturaElettronica)[\s>/]"
)
_ROOT = re.compile(rb"<(?![?!])")
_HEAD = 20_000
_TABLES = ("csv", "txt", "tsv", "asc", "")


class ArrivalError(Exception):
    """It is neither. ``code``: ``empty``, ``unknown``, ``old_workbook``, ``unknown_xml``."""

    def __init__(self, code):
        super().__init__(code)
        self.code = code


def sort(content: bytes, filename: str = "") -> tuple[str, str]:
    """``(what it is, extension)``: ``statement`` or ``document``.

    :raise ArrivalError: neither
    """
    if not content.strip():
        raise ArrivalError("empty")
    found = upload.sniff(content)
    if found:
        return DOCUMENT, found[1]
    if _is_invoice(content):
        return DOCUMENT, "xml"
    try:
        name = detect(content, filename)
    except BankFileError as error:
        raise ArrivalError(error.code if error.code in ("old_workbook", "unknown_xml") else "unknown") from None
    if name == "csv" and not _is_table(content, filename):
        raise ArrivalError("unknown")
    return STATEMENT, name


def _is_invoice(content):
    """Whether the first element is an e-invoice's; nothing is parsed, so nothing in it can act."""
    head = content[:_HEAD].replace(b"\x00", b"")
    root = _ROOT.search(head)
    return bool(root) and bool(_INVOICE.match(head, root.start()))


def _is_table(content, filename):
    """Text that no other format claims is a table only if its lines have the same few separators."""
    extension = filename.rsplit(".", 1)[-1].lower() if "." in filename else ""
    if extension not in _TABLES or content.lstrip()[:1] in (b"{", b"[", b"<"):
        return False
    lines = [line for line in content[:_HEAD].splitlines() if line.strip()][:20]
    return any(sum(line.count(mark) >= 2 for line in lines) >= 2 for mark in (b";", b",", b"\t", b"|"))
