"""One time the machine's answer met a person's: right, or wrong with what it was worth."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import median

PEOPLE = "people"  # decided by a person who saw the proposal
SAMPLE = "sample"  # coded blind
BACKTEST = "backtest"  # replayed with what was known then
SOURCES = (PEOPLE, SAMPLE, BACKTEST)

#: As how many errors one counts. Never less than one: the exact bound of the plain count stays a floor.
KIND_WEIGHTS = {
    "sibling": 1,  # another account of the same group, same taxes
    "account": 1,  # an account of another group of profit and loss
    "unknown": 1,  # taken back or turned down; nobody said what would have been right
    "partner": 1,
    "amount": 2,  # the right accounts or documents with other amounts
    "document": 2,  # another document was settled
    "balance": 2,  # balance sheet instead of profit and loss, another balance sheet account, or the reverse
    "vat": 2,  # taxes
}
#: A wrong line so many times as large as the median of the evidence counts once more.
LARGE = 10


@dataclass(frozen=True, slots=True)
class Trial:
    """``confidence``: what the machine had measured of itself before. ``amount``: of the line, without sign, in the
    company's currency; ``wrong``: how much of it stood where it should not. ``error``: kind, empty when it was right.
    """

    key: int
    confidence: float
    day: date
    source: str = PEOPLE
    error: str = ""
    amount: Decimal = Decimal(0)
    wrong: Decimal = Decimal(0)

    @property
    def is_error(self) -> bool:
        return bool(self.error)


@dataclass(frozen=True, slots=True)
class Tally:
    """``counted``: errors as they weigh; ``errors``: how many lines were wrong."""

    n: int = 0
    errors: int = 0
    counted: int = 0
    amount: Decimal = Decimal(0)
    wrong: Decimal = Decimal(0)


def weight(trial: Trial, typical: Decimal) -> int:
    """As how many errors this one counts; 0 when it was right. ``typical``: the median amount of the evidence."""
    if not trial.error:
        return 0
    heavy = typical > 0 and trial.wrong >= LARGE * typical
    return KIND_WEIGHTS.get(trial.error, 1) + (1 if heavy else 0)


def typical_amount(trials: Iterable[Trial]) -> Decimal:
    amounts = [trial.amount for trial in trials if trial.amount]
    return Decimal(median(amounts)) if amounts else Decimal(0)


def tally(trials: Iterable[Trial], typical: Decimal) -> Tally:
    n = errors = counted = 0
    amount = wrong = Decimal(0)
    for trial in trials:
        n += 1
        amount += trial.amount
        if trial.error:
            errors += 1
            counted += weight(trial, typical)
            wrong += trial.wrong
    return Tally(n, errors, counted, amount, wrong)
