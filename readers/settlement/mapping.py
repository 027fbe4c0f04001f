"""How the columns of a provider's settlement file are to be read."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, fields, replace

from ..bankfile.sheet_mapping import bad_mapping, normalised
from .values import KINDS

#: The roles a column may have, besides ``references``, which several may share.
COLUMNS = (
    "date", "payout", "payout_date", "kind", "customer", "text", "amount", "fee", "tax", "net", "currency",
    "original_amount", "original_currency", "merchant",
)  # fmt: skip
#: Which part of a fee its column shows: the tax is inside it, or stands beside it.
TAX_INSIDE, TAX_BESIDE = "inside", "beside"
MAX_WORDS = 200


@dataclass(frozen=True)
class SettlementMapping:
    """Column numbers (0-based; None: no such column) and how cells are written; see ``bankfile.SheetMapping``.

    ``amount`` is what the customer paid, before fees; ``net`` what is left of it. One of them suffices beside the
    ``fee``. ``fee_negative``: fees are written with a minus. ``kinds``: the file's words (as ``normalised`` makes them)
    and the kind of row each means.
    """

    date: int | None = None
    payout: int | None = None
    payout_date: int | None = None
    kind: int | None = None
    references: tuple[int, ...] = ()
    customer: int | None = None
    text: int | None = None
    amount: int | None = None
    fee: int | None = None
    tax: int | None = None
    net: int | None = None
    currency: int | None = None
    original_amount: int | None = None
    original_currency: int | None = None
    merchant: int | None = None
    kinds: dict[str, str] = field(default_factory=dict)
    date_format: str = "YMD"
    decimal_mark: str = "."
    fee_negative: bool = False
    tax_place: str = TAX_INSIDE
    encoding: str = ""
    delimiter: str = ""
    header_row: int | None = None
    skip_rows: int = 0

    def to_json(self) -> str:
        """The mapping as a JSON object, to be remembered."""
        return json.dumps(asdict(self), sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> SettlementMapping:
        """Read what ``to_json`` wrote; unknown keys are left out. Raises BankFileError ``bad_mapping``."""
        try:
            stored = json.loads(text)
            known = {item.name: stored[item.name] for item in fields(cls) if item.name in stored}
            kinds = {normalised(str(word)): kind for word, kind in dict(known.get("kinds") or {}).items()}
            mapping = cls(**{**known, "references": tuple(known.get("references", ())), "kinds": kinds})
        except (ValueError, TypeError, KeyError) as error:
            raise bad_mapping("The remembered columns can't be read. Choose them again.") from error
        mapping.check()
        return mapping

    def on(self, other: SettlementMapping) -> SettlementMapping:
        """This mapping on the file that ``other`` was guessed of: its header, encoding, and words not known before."""
        kinds = {**other.kinds, **self.kinds}
        return replace(
            self, header_row=other.header_row, encoding=other.encoding, delimiter=other.delimiter, kinds=kinds
        )

    def kinds_of(self, words: tuple[str, ...]) -> list[tuple[str, str | None]]:
        """Each of the file's words with the kind that it means here."""
        return [(word, self.kinds.get(normalised(word))) for word in words]

    def check(self, width: int | None = None, height: int | None = None) -> None:
        """Raise BankFileError if this can't read a file of ``width`` columns and ``height`` rows.

        Codes: ``bad_mapping``, ``no_date``, ``no_amount``.
        """
        chosen = [getattr(self, name) for name in COLUMNS]
        numbers = [*(number for number in chosen if number is not None), *self.references]
        whole = [*numbers, self.skip_rows, self.header_row or 0]
        if any(type(number) is not int or number < 0 for number in whole):
            raise bad_mapping("A column number is not a whole number. Choose the columns again.")
        if width is not None and any(number >= width for number in numbers):
            raise bad_mapping(
                f"The file has {width} columns, but the remembered columns go further. Choose the columns again."
            )
        if height is not None and (self.header_row or 0) >= height:
            raise bad_mapping("The remembered header row is not there. Choose the columns again.")
        if self.date is None and self.payout_date is None:
            raise bad_mapping("No column holds the date. Choose it in the preview.", "no_date")
        if self.amount is None and self.net is None:
            raise bad_mapping("No column holds the amount. Choose it in the preview.", "no_amount")
        self._check_formats()

    def _check_formats(self) -> None:
        known = self.date_format in ("DMY", "MDY", "YMD") and self.decimal_mark in (".", ",")
        texts = isinstance(self.encoding, str) and isinstance(self.delimiter, str)
        flags = isinstance(self.fee_negative, bool) and self.tax_place in (TAX_INSIDE, TAX_BESIDE)
        if not known or not texts or not flags or len(self.delimiter) > 1 or self.delimiter in ('"', "\n", "\r"):
            raise bad_mapping("The date format, decimal mark, encoding or delimiter is unknown. Choose it again.")
        if len(self.kinds) > MAX_WORDS or any(kind not in KINDS for kind in self.kinds.values()):
            raise bad_mapping("A kind of row is unknown. Choose it again.")
