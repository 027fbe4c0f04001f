"""How one vendor's documents look: chosen once by chance, the same on each of his bills."""

from __future__ import annotations

import random
from dataclasses import dataclass

from ..fonts import NAMES
from .places import Country


@dataclass(frozen=True, slots=True)
class Style:
    """``meta``: how number and dates are told: ``inline`` (label: value), ``columns`` (values in a column apart),
    ``header_row`` (labels over values), ``stacked``, ``sentence`` (number in the title, the day behind it).
    ``head``: where the vendor's name stands. ``order``: of the parts in the file, which is not that of the page."""

    font: str
    size: float
    page: tuple[float, float]
    head: str
    is_logo_only: bool
    meta: str
    meta_side: str
    colon: str
    wording: int
    date_form: str
    sign: str
    has_due: bool
    has_terms: str
    days: int
    extras: tuple[str, ...]
    columns: tuple[str, ...]
    ruling: str
    totals: str
    has_tax_table: bool
    footer: str
    is_iban_grouped: bool
    has_vat_prefix: bool
    shift: float
    is_long: bool
    detail: float
    second_rate: float
    has_buyer_label: bool
    is_buyer_right: bool
    has_summary: bool
    order: int
    is_odd: bool = False


_COLUMNS = (
    ("description", "quantity", "price", "amount"),
    ("quantity", "description", "price", "amount"),
    ("position", "description", "quantity", "price", "rate", "amount"),
    ("description", "rate", "quantity", "price", "amount"),
    ("position", "quantity", "description", "price", "amount"),
    ("description", "amount"),
    ("description", "quantity", "price", "rate", "amount"),
)


def style_of(chance: random.Random, country: Country) -> Style:
    pick = chance.choice
    is_american = country.code in ("US", "MX")
    return Style(
        font=pick([name for name in NAMES if name != "mono"] * 3 + ["mono"]),
        size=pick((8.0, 8.5, 9.0, 9.5, 10.0)),
        page=(612.0, 792.0) if is_american else (595.0, 842.0),
        head=pick(("left", "right", "centre", "left", "sender_line", "footer")),
        is_logo_only=chance.random() < 0.1,
        meta=pick(("inline", "columns", "columns", "header_row", "stacked", "sentence")),
        meta_side=pick(("left", "right", "right")),
        colon=pick((":", ":", "", " :")),
        wording=chance.randrange(1000),
        date_form=pick(country.dates),
        sign=pick(("symbol", "symbol", "code", "")),
        has_due=chance.random() < 0.55,
        has_terms=pick(("days", "until", "", "days")),
        days=pick((0, 7, 14, 14, 30, 30, 60)),
        extras=tuple(name for name in ("customer", "order", "delivery") if chance.random() < 0.5),
        columns=pick(_COLUMNS),
        ruling=pick(("head", "all", "none", "shade")),
        totals=pick(("right", "right", "right", "wide", "left")),
        has_tax_table=chance.random() < 0.3,
        footer=pick(("columns", "line", "columns", "paragraph")),
        is_iban_grouped=chance.random() < 0.7,
        has_vat_prefix=chance.random() < 0.9,
        shift=chance.uniform(-12, 25),
        is_long=chance.random() < 0.08,
        detail=pick((0.0, 0.0, 0.3, 0.9)),
        second_rate=pick((0.0, 0.0, 0.0, 0.3)),
        has_buyer_label=chance.random() < 0.4,
        is_buyer_right=chance.random() < 0.2,
        has_summary=chance.random() < 0.15,
        order=chance.randrange(1000),
    )
