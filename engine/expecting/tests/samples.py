"""Movements for the tests, made by hand or with a seed."""

from datetime import date, timedelta
from decimal import Decimal

from engine.expecting import Movement
from engine.expecting.rhythm import Rhythm

START = date(2025, 1, 1)


def moved(days, amounts, payee="partner:7", name="Landlord", **values):
    """One movement a day; ``amounts``: one for all, or one each."""
    amounts = list(amounts) if isinstance(amounts, (list, tuple)) else [amounts] * len(days)
    first = values.pop("first_id", 1)
    return [
        Movement((first + number,), day, Decimal(str(amount)), "EUR", payee, name, journal=1, **values)
        for number, (day, amount) in enumerate(zip(days, amounts, strict=True))
    ]


def monthly(count, day=1, start=START, shift="same"):
    rhythm = Rhythm("month", start, day, shift)
    return [rhythm.due(number) for number in range(count)]


def weekly(count, start=START, days=7):
    return [start + timedelta(days=days * number) for number in range(count)]
