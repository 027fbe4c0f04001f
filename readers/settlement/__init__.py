"""Settlement files of payment providers: bytes in, payouts with their rows out.

Reads CSV and XLSX with a mapping of columns that is guessed, chosen by a person and kept per provider, and CAMT.054
with transaction details. Every failure is a ``BankFileError`` whose message says what to do.
"""

from __future__ import annotations

from ..bankfile import container
from ..bankfile.formats import detect
from ..bankfile.values import BankFileError
from .camt import read_details
from .mapping import COLUMNS, SettlementMapping
from .sheet import SettlementPreview, adopt_sheet, preview_sheet, read_sheet, with_kinds, words_of_sheet
from .values import KINDS, Settlement, SettlementFile, SettlementRow

__all__ = [
    "COLUMNS",
    "KINDS",
    "BankFileError",
    "Settlement",
    "SettlementFile",
    "SettlementMapping",
    "SettlementPreview",
    "SettlementRow",
    "adopt",
    "is_sheet",
    "preview",
    "read",
    "with_kinds",
    "words",
]


def is_sheet(data: bytes, filename: str = "") -> bool:
    """Whether the columns of the file must be known. Raises BankFileError for what is no settlement file at all."""
    return _format(data, filename) in ("csv", "xlsx")


def preview(data: bytes, filename: str = "", max_bytes: int = container.MAX_BYTES) -> SettlementPreview:
    """The columns and first rows of a CSV or XLSX file, with a guessed mapping. Raises BankFileError."""
    container.check_size(data, max_bytes)
    return _guarded(preview_sheet, data, max_bytes)


def adopt(
    data: bytes, remembered: SettlementMapping, found: SettlementPreview, max_bytes: int = container.MAX_BYTES
) -> SettlementMapping:
    """What was remembered for these heads, on this file. Raises BankFileError where it does not fit."""
    return _guarded(adopt_sheet, data, remembered, found, max_bytes)


def words(data: bytes, mapping: SettlementMapping, max_bytes: int = container.MAX_BYTES) -> tuple[str, ...]:
    """The file's words for kinds of rows. Raises BankFileError."""
    return _guarded(words_of_sheet, data, mapping, max_bytes)


def read(
    data: bytes, filename: str = "", mapping: SettlementMapping | None = None, max_bytes: int = container.MAX_BYTES
) -> SettlementFile:
    """The payouts of a file. Raises BankFileError and nothing else."""
    container.check_size(data, max_bytes)
    name = _format(data, filename)
    if name in ("csv", "xlsx"):
        return _guarded(read_sheet, data, filename, mapping, max_bytes)
    return _guarded(read_details, data, max_bytes)


def _format(data: bytes, filename: str) -> str:
    name = _guarded(detect, data, filename)
    if name in ("csv", "xlsx") or name.startswith("camt"):
        return name
    raise BankFileError(
        "no_settlement",
        f"This is a {name} file. A settlement file is CSV, XLSX or CAMT.054 with transaction details.",
        format=name,
    )


def _guarded(function, *arguments):
    try:
        return function(*arguments)
    except BankFileError:
        raise
    # The last net: whatever a hostile file breaks, the caller sees one kind of error.
    except Exception as error:
        raise BankFileError(
            "unreadable",
            f"The file can't be read ({type(error).__name__}). Export it again from the provider.",
            error=type(error).__name__,
        ) from error
