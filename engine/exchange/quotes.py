"""Rates that come from outside: into the company's currency, and only what is believable.

A wrong rate is worse than none: a missing one is asked for, a wrong one is booked. So what jumps is refused and told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

#: No currency is worth more or less than this many of another; what is beyond is a misread file.
_LARGEST = Decimal(10) ** 9
#: Central banks publish in their own time zone: tomorrow's date is not a mistake, the day after is.
_AHEAD = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Quote:
    """``rate`` units of ``currency`` for one unit of another currency, as of ``day``."""

    currency: str
    day: date
    rate: Decimal


@dataclass(frozen=True, slots=True)
class Refusal:
    """A quote that is not believed. ``reason``: ``future``, ``size`` or ``jump`` (``before``: the last known rate)."""

    quote: Quote
    reason: str
    before: Decimal | None = None


def cross(quotes: Iterable[Quote], base: str, company: str) -> tuple[Quote, ...]:
    """Quotes against ``base`` as quotes against the ``company``'s currency; each day on its own.

    Days on which the company's own currency is not quoted against ``base`` give nothing.
    """
    quotes = [quote for quote in quotes if _LARGEST > quote.rate > 1 / _LARGEST]
    if base == company:
        return tuple(quote for quote in quotes if quote.currency != company)
    own = {quote.day: quote.rate for quote in quotes if quote.currency == company}
    found = [
        Quote(quote.currency, quote.day, quote.rate / own[quote.day])
        for quote in quotes
        if quote.day in own and quote.currency not in (company, base)
    ]
    found += [Quote(base, day, 1 / rate) for day, rate in own.items()]
    return tuple(found)


def sane(
    quotes: Iterable[Quote], known: Mapping[str, tuple[date, Decimal]], percent: Decimal, today: date
) -> tuple[tuple[Quote, ...], tuple[Refusal, ...]]:
    """The quotes that may be stored, oldest first, and those that may not.

    :param known: {currency: (day, rate)} the newest rate that is stored
    :param percent: how far a rate may be from the one before it, in percent; zero: as far as it likes
    """
    taken, refused = [], []
    last = {currency: rate for currency, (_day, rate) in known.items()}
    for quote in sorted(quotes, key=lambda each: (each.day, each.currency)):
        before = last.get(quote.currency)
        if quote.day > today + _AHEAD:
            refused.append(Refusal(quote, "future"))
        elif not _LARGEST > quote.rate > 1 / _LARGEST:
            refused.append(Refusal(quote, "size"))
        elif before and percent and _apart(quote.rate, before) > percent:
            refused.append(Refusal(quote, "jump", before))
        else:
            taken.append(quote)
            last[quote.currency] = quote.rate
    return tuple(taken), tuple(refused)


def _apart(rate: Decimal, before: Decimal) -> Decimal:
    """Percent between two rates, the same whichever is first."""
    return (max(rate, before) / min(rate, before) - 1) * 100
