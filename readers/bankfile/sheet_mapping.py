"""How the columns of a bank's CSV or XLSX are to be read."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields

from .values import BankFileError

# The roles a column may have, besides `texts`, which several may share.
COLUMNS = (
    "date", "value_date", "amount", "debit", "credit", "sign", "partner_name", "account_number",
    "own_account", "reference", "bank_id", "balance", "currency", "foreign_amount",
    "foreign_currency",
)  # fmt: skip


@dataclass(frozen=True)
class SheetMapping:
    """Column numbers (0-based, None: the file has no such column) and how cells are written.

    The amount is ``amount``, or ``amount`` with the debit/credit flag in ``sign``, or ``credit``
    minus ``debit``. ``date_format`` is the order of the parts, "DMY", "MDY" or "YMD"; separators,
    month names and times are understood anyway. ``decimal_mark`` is "." or ","; every other mark
    groups thousands. ``header_row`` is the header's row (0-based), None if there is none.
    ``skip_rows`` rows after it are passed over. ``inverse_sign``: the file writes receipts as
    negative (cards). ``debit_negative``: debits already carry their minus. An empty ``encoding``
    or ``delimiter`` is guessed.
    """

    date: int | None = None
    value_date: int | None = None
    amount: int | None = None
    debit: int | None = None
    credit: int | None = None
    sign: int | None = None
    texts: tuple[int, ...] = ()
    partner_name: int | None = None
    account_number: int | None = None
    own_account: int | None = None
    reference: int | None = None
    bank_id: int | None = None
    balance: int | None = None
    currency: int | None = None
    foreign_amount: int | None = None
    foreign_currency: int | None = None
    date_format: str = "DMY"
    decimal_mark: str = "."
    encoding: str = ""
    delimiter: str = ""
    header_row: int | None = None
    skip_rows: int = 0
    inverse_sign: bool = False
    debit_negative: bool = False

    def to_json(self) -> str:
        """Write the mapping as a JSON object, to be remembered."""
        return json.dumps(asdict(self), sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> SheetMapping:
        """Read what ``to_json`` wrote; unknown keys are left out. Raises ``bad_mapping``."""
        try:
            stored = json.loads(text)
            known = {item.name: stored[item.name] for item in fields(cls) if item.name in stored}
            mapping = cls(**{**known, "texts": tuple(known.get("texts", ()))})
        except (ValueError, TypeError, KeyError) as error:
            raise bad_mapping("The remembered columns can't be read. Choose them again.") from error
        mapping.check()
        return mapping

    def check(self, width: int | None = None, height: int | None = None) -> None:
        """Raise BankFileError if this can't read a file of ``width`` columns and ``height`` rows.

        Codes: ``bad_mapping``, ``no_date``, ``no_amount``.
        """
        chosen = [getattr(self, name) for name in COLUMNS]
        numbers = [*(number for number in chosen if number is not None), *self.texts]
        whole = [*numbers, self.skip_rows, self.header_row or 0]
        if any(type(number) is not int or number < 0 for number in whole):
            raise bad_mapping("A column number is not a whole number. Choose the columns again.")
        if width is not None and any(number >= width for number in numbers):
            raise bad_mapping(
                f"The file has {width} columns, but the remembered columns go further. Choose the columns again."
            )
        if height is not None and (self.header_row or 0) >= height:
            raise bad_mapping("The remembered header row is not there. Choose the columns again.")
        if self.date is None:
            raise bad_mapping("No column holds the date. Choose it in the preview.", "no_date")
        if self.amount is None and self.debit is None and self.credit is None:
            raise bad_mapping("No column holds the amount. Choose it in the preview.", "no_amount")
        self._check_formats()

    def _check_formats(self) -> None:
        known = self.date_format in ("DMY", "MDY", "YMD") and self.decimal_mark in (".", ",")
        texts = isinstance(self.encoding, str) and isinstance(self.delimiter, str)
        if not known or not texts or len(self.delimiter) > 1 or self.delimiter in ('"', "\n", "\r"):
            raise bad_mapping("The date format, decimal mark, encoding or delimiter is unknown. Choose it again.")


def normalised(text: str) -> str:
    """A header word without case, accents and punctuation: "Währung (ISO)" → "wahrung iso"."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("ł", "l"))
    bare = (sign for sign in decomposed if not unicodedata.combining(sign))
    return " ".join("".join(sign if sign.isalnum() else " " for sign in bare).split())


def signature(columns: Iterable[str]) -> str:
    """A short stable key of a header, under which its mapping is remembered."""
    joined = "\x1f".join(normalised(column) for column in columns)
    return hashlib.sha256(joined.encode()).hexdigest()[:24]


def bad_mapping(message: str, code: str = "bad_mapping") -> BankFileError:
    """Say that the chosen columns don't fit."""
    return BankFileError(code, message)
