"""Which format is it? Content decides, the file's name only settles what content leaves open."""

from __future__ import annotations

import re

from . import container, encoding
from .values import BankFileError

_HEAD = 20_000
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_CAMT = re.compile(r"camt\.05([234])|<(?:\w+:)?(BkToCstmrStmt|BkToCstmrAcctRpt|BkToCstmrDbtCdtNtfctn)\b")
_CAMT_BY_ELEMENT = {
    "BkToCstmrStmt": "camt.053",
    "BkToCstmrAcctRpt": "camt.052",
    "BkToCstmrDbtCdtNtfctn": "camt.054",
}
_OFX = re.compile(r"OFXHEADER|<\?OFX\b|<OFX>", re.IGNORECASE)
_QIF = re.compile(r"^\s*!(Type:|Account|Option:)", re.IGNORECASE | re.MULTILINE)
_MT = re.compile(r"^(\{1:.*|\{4:)?\s*:(20|25|28C?|60[FM]|61|NS):", re.MULTILINE)
_MT942 = re.compile(r"^:(34F|90[DC]|13D?):", re.MULTILINE)
_OPENING = re.compile(r"^:60[FM]:", re.MULTILINE)
_EXTENSIONS = {
    "sta": "mt940", "mt940": "mt940", "940": "mt940", "swi": "mt940", "fin": "mt940",
    "mt942": "mt942", "ofx": "ofx", "qfx": "ofx", "qif": "qif",
}  # fmt: skip


def detect(data: bytes, filename: str = "") -> str:
    """Name the format: camt.052/.053/.054, mt940, mt942, ofx, qif, csv, xlsx or zip.

    Raises BankFileError ``empty_file``, ``not_text`` (binary data), ``unknown_xml``, ``pdf``,
    ``old_workbook``.
    """
    container.check_size(data[:_HEAD], _HEAD)
    if container.is_zip(data):
        return "xlsx" if container.is_workbook(data) else "zip"
    if data.lstrip()[:5] == b"%PDF-":
        raise BankFileError(
            "pdf",
            "This is a PDF. Statements on paper can't be imported: download the statement from the "
            "bank as CAMT.053, MT940, OFX or CSV.",
        )
    if data.startswith(_OLD_OFFICE):
        raise BankFileError(
            "old_workbook",
            "This is an old Excel file (.xls) or a protected one. Save it as .xlsx or CSV first.",
        )
    text, _name = encoding.decode(_whole_characters(data[:_HEAD]))
    return _of_text(text, filename)


def _of_text(text: str, filename: str) -> str:
    if _OFX.search(text):
        return "ofx"
    if text.lstrip("\ufeff \r\n\t").startswith("<"):
        return _of_xml(text)
    if _QIF.search(text):
        return "qif"
    if _MT.search(text):
        return "mt942" if _MT942.search(text) and not _OPENING.search(text) else "mt940"
    extension = filename.rsplit(".", 1)[-1].lower() if "." in filename else ""
    return _EXTENSIONS.get(extension, "csv")


def _of_xml(text: str) -> str:
    found = _CAMT.search(text)
    if not found:
        raise BankFileError(
            "unknown_xml",
            "This XML file is not a bank statement (CAMT) and not OFX. Ask the bank for CAMT.053.",
        )
    return f"camt.05{found.group(1)}" if found.group(1) else _CAMT_BY_ELEMENT[found.group(2)]


def _whole_characters(head: bytes) -> bytes:
    """The beginning of a file, cut at a line end so that no character is torn in two."""
    if len(head) < _HEAD:
        return head
    cut = head.rfind(b"\n")
    # UTF-16 needs an even number of bytes, and its line break is two bytes wide.
    return head[: (cut + 1) // 2 * 2 if b"\x00" in head[:200] else cut + 1] if cut > 0 else head
