"""What is known beside the document: the day, who is buying, what was learned of vendors' layouts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from .layout import Layout


@dataclass(frozen=True, slots=True)
class Buyer:
    """The company that the document should be for: its texts must not be taken for the vendor's."""

    names: tuple[str, ...] = ()
    vat: str = ""
    ibans: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    country: str = ""  # ISO 3166-1 alpha-2


@dataclass(frozen=True, slots=True)
class Context:
    """``today``: the day on which the document is read. ``currency``: the company's, ISO code. ``is_day_first``: how
    02/03/2026 is read where the document does not tell. ``layouts``: of vendors that somebody corrected."""

    today: date
    buyer: Buyer = Buyer()
    currency: str = ""
    is_day_first: bool = True
    layouts: tuple[Layout, ...] = ()
