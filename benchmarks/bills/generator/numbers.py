"""What registers and banks give out: VAT ids and IBANs that pass the checks, and numbers as people write them."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal

from stdnum import get_cc_module
from stdnum import iban as ibans

from .places import Country
from .words import MONTHS

_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"
_TRIES = 20_000


def filled(pattern: str, chance: random.Random) -> str:
    """``#`` a digit, ``@`` a letter, ``*`` either."""
    some = {"#": "0123456789", "@": _LETTERS, "*": "0123456789" + _LETTERS}
    return "".join(chance.choice(some[char]) if char in some else char for char in pattern)


def vat_number(country: Country, chance: random.Random) -> str:
    """Empty where none is told of a country."""
    module = get_cc_module(country.code, "gstin" if country.code == "IN" else "vat") if country.vat else None
    for _try in range(_TRIES if module else 0):
        number = filled(country.vat, chance)
        if module.is_valid(number):
            return number
    return ""


def iban(country: Country, chance: random.Random) -> str:
    for _try in range(_TRIES if country.bban else 0):
        bban = filled(country.bban, chance)
        number = country.code + ibans.calc_check_digits(f"{country.code}00{bban}") + bban
        if ibans.is_valid(number):
            return number
    return ""


def amount(value: Decimal, country: Country) -> str:
    """With the country's marks and groups, two places."""
    whole, places = f"{abs(value):.2f}".split(".")
    groups = [whole[-3:]]
    rest, step = whole[:-3], 2 if country.is_indian else 3
    while rest:
        groups.insert(0, rest[-step:])
        rest = rest[:-step]
    mark, group = country.marks
    return f"{'-' if value < 0 else ''}{group.join(groups)}{mark}{places}"


def money(value: Decimal, country: Country, sign: str) -> str:
    """``sign``: ``symbol``, ``code`` or empty."""
    text = amount(value, country)
    if sign == "code":
        return f"{text} {country.currency}" if not country.is_symbol_first else f"{country.currency} {text}"
    if sign == "symbol":
        gap = "" if country.symbol in "$£₹" else " "
        return f"{country.symbol}{gap}{text}" if country.is_symbol_first else f"{text} {country.symbol}"
    return text


def day(value: date, form: str, language: str) -> str:
    month = MONTHS[language][value.month - 1]
    return value.strftime(form.replace("%B", "{0}").replace("%b", "{0:.3}")).format(month)


def quantity(value: Decimal, country: Country) -> str:
    return str(value.normalize() if value != value.to_integral() else value.to_integral()).replace(
        ".", country.marks[0]
    )


def grouped(number: str) -> str:
    """An IBAN in fours."""
    return " ".join(number[at : at + 4] for at in range(0, len(number), 4))
