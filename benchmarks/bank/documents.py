"""Invoices, bills, credit notes and vendor refunds with their taxes and instalments."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal

from .references import structured
from .values import ZERO, Company, Document, DocumentLine, Part, Partner, Tax, Term, money

_ROUND_PRICES = (
    25,
    49,
    50,
    75,
    95,
    99,
    100,
    120,
    150,
    180,
    200,
    250,
    300,
    450,
    500,
    750,
    990,
    1000,
    1500,
    2500,
)
_BOOKS = {"invoice": "INV", "credit_note": "RINV", "bill": "BILL", "refund": "RBILL"}


class Numbers:
    """Running numbers of documents, of vendors' own numbers and of journal items."""

    def __init__(self) -> None:
        self._next: dict[object, int] = {}

    def take(self, series: object, first: int = 1) -> int:
        number = self._next.get(series, first)
        self._next[series] = number + 1
        return number


def tax_amounts(lines: tuple[DocumentLine, ...], taxes: dict[str, Tax], term: Term) -> dict[str, Decimal]:
    """Tax per key, rounded per tax; *mixed* discounts reduce its base from the start."""
    percent = term.discount if term.mode == "mixed" else ZERO
    bases: dict[str, Decimal] = {}
    for line in lines:
        base = line.net - money(line.net * percent / 100)
        bases[line.tax] = bases.get(line.tax, ZERO) + base
    return {key: money(base * taxes[key].rate / 100) for key, base in bases.items()}


def instalments(total: Decimal, term: Term) -> list[Decimal]:
    """Percentages rounded, the last takes the rest."""
    amounts = [money(total * percent / 100) for percent, _days in term.parts[:-1]]
    return [*amounts, total - sum(amounts, ZERO)]


def _nets(rng: random.Random, large: bool) -> Decimal:
    kind = rng.random()
    if kind < 0.35:
        return Decimal(rng.choice(_ROUND_PRICES)).quantize(Decimal("0.01"))
    top = 8.6 if large else 7.2
    return money(min(2.718 ** rng.gauss(top - 1.4, 0.9), 60000))


def draw_lines(rng: random.Random, company: Company, partner: Partner, side: str) -> tuple[DocumentLine, ...]:
    """One to three lines; abroad without tax, a few on the cash basis, a third with two rates."""
    if partner.currency != company.currency or partner.country not in ("BE", "NL", "DE", "FR"):
        keys = [f"{side}0"]
    elif rng.random() < 0.06:
        keys = [f"{side}21cash"]
    else:
        keys = rng.choice(
            (
                [f"{side}21"],
                [f"{side}21"],
                [f"{side}15"],
                [f"{side}21", f"{side}15"],
                [f"{side}21", f"{side}0"],
            )
        )
    large = rng.random() < 0.3
    return tuple(DocumentLine(_nets(rng, large), key) for key in keys)


class Drafter:
    """Makes documents of one company; keeps the number series."""

    def __init__(self, rng: random.Random, company: Company, numbers: Numbers) -> None:
        self._rng, self._company, self._numbers = rng, company, numbers

    def document(
        self,
        kind: str,
        partner: Partner,
        day: date,
        rate: Decimal,
        lines: tuple[DocumentLine, ...] | None = None,
        term_key: str | None = None,
    ) -> Document:
        """A posted document; credit notes and refunds are due at once and carry no discount."""
        rng, company = self._rng, self._company
        side = "sale" if kind in ("invoice", "credit_note") else "purchase"
        lines = lines or draw_lines(rng, company, partner, side)
        key = self._numbers.take("document")
        term_key = term_key or (partner.term if kind in ("invoice", "bill") else "now")
        if any(company.taxes[line.tax].cash_basis for line in lines):
            term_key = "days30"  # a cash-basis tax and a discount together are not legal practice
        term = company.terms[term_key]
        taxes = tax_amounts(lines, company.taxes, term)
        untaxed = sum((line.net for line in lines), ZERO)
        number, reference = self._names(kind, partner, day, key)
        return Document(
            key=key,
            kind=kind,
            partner=partner.key,
            date=day,
            number=number,
            reference=reference,
            currency=partner.currency,
            rate=rate,
            lines=lines,
            term=term_key,
            untaxed=untaxed,
            taxes=tuple(sorted(taxes.items())),
            parts=self._parts(untaxed + sum(taxes.values(), ZERO), term, day, rate),
        )

    def _parts(self, total: Decimal, term: Term, day: date, rate: Decimal) -> tuple[Part, ...]:
        company_total = money(total / rate)
        amounts = zip(instalments(total, term), instalments(company_total, term), strict=True)
        return tuple(
            Part(self._numbers.take("item"), day + timedelta(days=days), amount, in_company)
            for (amount, in_company), (_percent, days) in zip(amounts, term.parts, strict=True)
        )

    def _names(self, kind: str, partner: Partner, day: date, key: int) -> tuple[str, str]:
        sequence = self._numbers.take((kind, day.year), 1 if kind != "invoice" else 1)
        number = f"{_BOOKS[kind]}/{day.year}/{sequence:05d}"
        if kind == "bill":
            number = f"BILL/{day.year}/{day.month:02d}/{sequence:04d}"
        if kind in ("bill", "refund"):
            own = self._numbers.take(("vendor", partner.key), 17 + partner.key * 37 % 900)
            return number, partner.prefix.format(y=day.year, y2=day.year % 100, n=own)
        return number, structured(self._company.reference_model, day.year * 10000 + key) or number
