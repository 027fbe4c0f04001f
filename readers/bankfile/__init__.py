"""Bank files: bytes in, statements out.

Reads CAMT.052/.053/.054 (all versions), MT940/MT942, OFX 1 and 2, QIF, CSV and XLSX, each also
inside a zip archive. Nothing here knows Odoo, a database or a network.

Requirements (the extra ``bank``; imported only when a file needs them)::

    mt-940 >= 5.1, < 6              BSD-3-Clause   fields of MT940
    lxml >= 4.8                     BSD-3-Clause   CAMT (Odoo needs it anyway)
    openpyxl >= 3.0.9, < 4          MIT            XLSX (Odoo needs it anyway)
    defusedxml >= 0.7               PSF            makes openpyxl refuse entities
    charset-normalizer >= 2.0       MIT            text in Eastern encodings (cp1252 without it)

Every failure is a ``BankFileError`` whose message says what to do. What a person should know
although the file is readable stands in ``BankFile.notes``.
"""

from __future__ import annotations

from dataclasses import replace

from . import container
from .balance import balance_notes
from .camt import read_camt
from .fingerprint import file_keys, fingerprint, keys
from .formats import detect
from .mt940 import read_mt940
from .ofx import read_ofx
from .qif import read_qif
from .sheet import SheetPreview, preview_sheet, read_sheet
from .sheet_mapping import SheetMapping
from .values import BankFile, BankFileError, Statement, StatementLine

__all__ = [
    "BankFile",
    "BankFileError",
    "SheetMapping",
    "SheetPreview",
    "Statement",
    "StatementLine",
    "detect",
    "file_keys",
    "fingerprint",
    "keys",
    "preview",
    "read",
]


def read(
    data: bytes,
    filename: str = "",
    sheet: SheetMapping | None = None,
    max_bytes: int = container.MAX_BYTES,
) -> BankFile:
    """Read a bank file of any format; ``sheet`` says how to read CSV and XLSX (guessed if None).

    ``max_bytes`` limits the raw data, before anything is parsed. A QIF file takes only the
    mapping's ``date_format``. Notes on every format: ``empty`` (no lines) and ``balance_gap`` (see
    balance). Raises BankFileError and nothing else; its values hold ``file`` for a file inside an
    archive.
    """
    container.check_size(data, max_bytes)
    try:
        if detect(data, filename) != "zip":
            return _with_checks(_read_one(data, filename, sheet, max_bytes))
        parts = [_read_member(name, inner, sheet, max_bytes) for name, inner in container.members(data, max_bytes)]
    except BankFileError:
        raise
    # The last net: whatever a hostile file breaks, the importer sees one kind of error.
    except Exception as error:
        raise _unexpected(error) from error
    return _with_checks(_together(parts))


def preview(data: bytes, filename: str = "", max_bytes: int = container.MAX_BYTES) -> SheetPreview:
    """Show the columns and first rows of a CSV or XLSX file, with a guessed mapping.

    Raises BankFileError; ``not_a_sheet`` when the file is of another format.
    """
    container.check_size(data, max_bytes)
    name = detect(data, filename)
    if name not in ("csv", "xlsx"):
        raise BankFileError("not_a_sheet", f"This is a {name} file: it needs no columns to be chosen.", format=name)
    try:
        return preview_sheet(data, max_bytes)
    except BankFileError:
        raise
    except Exception as error:
        raise _unexpected(error) from error


def _read_one(data: bytes, filename: str, sheet: SheetMapping | None, max_bytes: int) -> BankFile:
    name = detect(data, filename)
    if name.startswith("camt"):
        return read_camt(data)
    if name in ("mt940", "mt942"):
        return read_mt940(data)
    if name == "ofx":
        return read_ofx(data)
    if name == "qif":
        return read_qif(data, sheet.date_format if sheet else "")
    return read_sheet(data, filename, sheet, max_bytes)


def _read_member(name: str, data: bytes, sheet: SheetMapping | None, max_bytes: int) -> BankFile:
    try:
        return _read_one(data, name, sheet, max_bytes)
    except BankFileError as error:
        values = {**error.values, "file": name}
        message = f"{name[:80]}: {error.message}"
        raise BankFileError(error.code, message, error.line, **values) from error


def _together(parts: list[BankFile]) -> BankFile:
    """One file of all members of an archive; a note that several make is kept once."""
    notes: list[tuple[str, dict]] = []
    for part in parts:
        notes += [note for note in part.notes if note not in notes]
    statements = tuple(statement for part in parts for statement in part.statements)
    return BankFile(parts[0].format, statements, tuple(notes))


def _with_checks(bank_file: BankFile) -> BankFile:
    notes = [*bank_file.notes, *balance_notes(bank_file.statements)]
    if not any(statement.lines for statement in bank_file.statements):
        notes.append(("empty", {"statements": len(bank_file.statements)}))
    return replace(bank_file, notes=tuple(notes))


def _unexpected(error: BaseException) -> BankFileError:
    return BankFileError(
        "unreadable",
        f"The file can't be read ({type(error).__name__}). Export it again from the bank; if that "
        f"does not help, send it to support.",
        error=type(error).__name__,
    )
