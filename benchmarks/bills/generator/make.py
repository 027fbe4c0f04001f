"""Vendors and their bills from a seed: the same seed, the same documents."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from ...bank.names import STEMS
from . import numbers
from .places import COUNTRIES, Country
from .style import Style, style_of
from .words import DETAILS, ITEMS

CENT = Decimal("0.01")
_FIRST = date(2026, 1, 5)
_KINDS = ("reminder", "proforma", "order_confirmation", "delivery_note", "statement")


@dataclass(frozen=True, slots=True)
class Vendor:
    """Who sends the bills. ``series``: how the numbers are made, # the running number, % the year."""

    name: str
    country: Country
    street: str
    zip: str
    town: str
    phone: str
    email: str
    website: str
    vat: str
    iban: str
    series: str
    style: Style
    buyer: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """``total`` without tax."""

    text: str
    detail: str
    quantity: Decimal
    unit_price: Decimal
    rate: Decimal
    total: Decimal


@dataclass(frozen=True, slots=True)
class Bill:
    """``taxes``: (rate, base, tax). ``note``: a sentence below the totals."""

    vendor: Vendor
    kind: str
    number: str
    date: date
    due: date
    customer: str
    order: str
    lines: tuple[Line, ...]
    taxes: tuple[tuple[Decimal, Decimal, Decimal], ...]
    net: Decimal
    tax: Decimal
    total: Decimal
    note: str = ""


def vendors(seed: int, n: int, countries: tuple[str, ...] = tuple(COUNTRIES), is_odd: bool = False) -> list[Vendor]:
    """``is_odd``: their labels are in no list, and what looks like number, day and total stands beside."""
    chance = random.Random(f"vendors {seed}")
    made = [_vendor(chance, COUNTRIES[countries[at % len(countries)]], at) for at in range(n)]
    return [replace(vendor, style=replace(vendor.style, is_odd=True)) for vendor in made] if is_odd else made


def _vendor(chance: random.Random, country: Country, at: int) -> Vendor:
    stem = chance.choice(STEMS)
    name = f"{stem} {chance.choice(('', '', 'Services', 'Trading', 'Group', 'Studio'))}".strip()
    name = f"{name} {chance.choice(country.forms)}"
    zip_code, town = chance.choice(country.towns)
    domain = "".join(char for char in stem.lower() if char.isascii() and char.isalnum()) + f"{at}.example"
    series = ("####", "%-####", "RE%/####", "INV-#####", "F %/###", "%####", "#/%", "A-######", "VF#######")
    return Vendor(
        name=name,
        country=country,
        street=chance.choice(country.streets).format(n=chance.randint(1, 180)),
        zip=zip_code,
        town=town,
        phone=numbers.filled(country.phone, chance),
        email=f"{chance.choice(('info', 'billing', 'office'))}@{domain}",
        website=f"www.{domain}",
        vat=numbers.vat_number(country, chance),
        iban=numbers.iban(country, chance),
        series=chance.choice(series),
        style=style_of(chance, country),
        buyer=("Northwind Books Ltd", "4 Harbour Road", f"{zip_code} {town}"),
    )


def bills_of(vendor: Vendor, seed: int, n: int, kind: str = "") -> list[Bill]:
    """The vendor's bills in the order of time: numbers, days, lines and amounts differ, the layout does not."""
    chance = random.Random(f"bills {seed} {vendor.name} {vendor.email}")
    day, running = _FIRST + timedelta(chance.randint(0, 60)), chance.randint(3, 9000)
    found = []
    for _bill in range(n):
        found.append(_bill_of(vendor, chance, day, running, kind or "invoice"))
        day += timedelta(chance.randint(12, 45))
        running += chance.randint(1, 40)
    return found


def _number(vendor: Vendor, running: int, day: date) -> str:
    width = vendor.series.count("#")
    return vendor.series.replace("#" * width, f"{running:0{width}d}").replace("%", str(day.year))


def _bill_of(vendor: Vendor, chance: random.Random, day: date, running: int, kind: str) -> Bill:
    lines = tuple(_line(vendor, chance) for _line_no in range(_how_many(vendor.style, chance)))
    return bill_with(
        vendor,
        lines,
        kind=kind,
        number=_number(vendor, running, day),
        day=day,
        customer=numbers.filled("#####", chance),
        order=numbers.filled("PO-#####", chance),
    )


def bill_with(
    vendor: Vendor,
    lines: Sequence[Line],
    *,
    number: str,
    day: date,
    kind: str = "invoice",
    customer: str = "",
    order: str = "",
    note: str = "",
) -> Bill:
    """A bill of these lines: taxes by rate, rounded once each."""
    taxes = []
    for rate in sorted({line.rate for line in lines}, reverse=True):
        base = sum((line.total for line in lines if line.rate == rate), Decimal(0))
        taxes.append((rate, base, (base * rate / 100).quantize(CENT, ROUND_HALF_UP)))
    net = sum((base for _rate, base, _tax in taxes), Decimal(0))
    tax = sum((part for _rate, _base, part in taxes), Decimal(0))
    due = day + timedelta(vendor.style.days)
    return Bill(vendor, kind, number, day, due, customer, order, tuple(lines), tuple(taxes), net, tax, net + tax, note)


def _how_many(style: Style, chance: random.Random) -> int:
    return chance.randint(18, 45) if style.is_long else chance.choice((1, 1, 2, 2, 3, 4, 5, 7, 9, 12))


def _line(vendor: Vendor, chance: random.Random) -> Line:
    quantity = Decimal(chance.choice(("1", "1", "1", "2", "3", "5", "10", "12", "2.5", "0.5", "24")))
    big = 40 if vendor.country.currency in ("CZK", "INR", "SEK", "DKK", "MXN") else 1
    price = (Decimal(chance.randint(90, 60_000)) * big / 100).quantize(CENT)
    rate = Decimal(vendor.country.rates[-1] if chance.random() < vendor.style.second_rate else vendor.country.rates[0])
    return Line(
        chance.choice(ITEMS[vendor.country.language]),
        chance.choice(DETAILS) if chance.random() < vendor.style.detail else "",
        quantity,
        price,
        rate,
        (quantity * price).quantize(CENT, ROUND_HALF_UP),
    )
