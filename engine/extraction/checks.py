"""What code can check of a reading: sums, tax, checksums, dates, currency."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from stdnum import iban as iban_numbers
from stdnum.eu import vat as eu_vat
from stdnum.exceptions import ValidationError

from .context import Context
from .currencies import CODES
from .reading import Reading

#: Sums may differ by this much without a word: cash is rounded to the next coin.
CENT = Decimal("0.01")
ROUNDING = Decimal("0.05")
#: A bill that is further ahead or older than this is asked about.
AHEAD = timedelta(days=7)
OLD = timedelta(days=366 * 2)
#: Nobody gives longer to pay.
LONGEST_TERM = timedelta(days=366)

Problem = tuple[str, dict[str, Any]]


#: Codes of checks that others make; they are kept.
_OTHERS = frozenset({"lines", "picture"})


def check(reading: Reading, context: Context) -> Reading:
    """The reading with its problems told anew."""
    kept = tuple(problem for problem in reading.problems if problem[0] in _OTHERS)
    return replace(reading, problems=(*kept, *problems(reading, context)))


def problems(reading: Reading, context: Context) -> tuple[Problem, ...]:
    """(code, values) of the checks that failed: ``totals``, ``tax_base``, ``items``, ``iban``, ``vat``,
    ``date_future``, ``date_old``, ``due_before_date``, ``due_late``, ``currency``."""
    return (
        *_sums(reading),
        *_taxes(reading),
        *_items(reading),
        *_numbers(reading),
        *_dates(reading, context.today),
        *_currency(reading),
    )


def _sums(reading: Reading) -> Iterator[Problem]:
    net, tax, total = (reading.amount(name) for name in ("net", "tax", "total"))
    if net is None or tax is None or total is None:
        return
    gap = total - net - tax
    if abs(gap) > ROUNDING:
        yield "totals", {"by": str(gap), "net": str(net), "tax": str(tax), "total": str(total)}


def _taxes(reading: Reading) -> Iterator[Problem]:
    for part in reading.taxes:
        if part.base is None or part.tax is None:
            continue
        due = part.base * part.rate / 100
        # Each line's tax may be rounded by itself.
        slack = CENT * (2 + len(reading.items))
        if abs(due - part.tax) > slack:
            yield "tax_base", {"rate": str(part.rate), "base": str(part.base), "tax": str(part.tax)}
    tax = reading.amount("tax")
    told = [part.tax for part in reading.taxes if part.tax is not None]
    if tax is not None and told and len(told) == len(reading.taxes) and abs(sum(told) - tax) > ROUNDING:
        yield "tax_sum", {"by": str(tax - sum(told))}


def _items(reading: Reading) -> Iterator[Problem]:
    totals = [item.total for item in reading.items]
    against = reading.amount("total" if reading.is_gross else "net")
    if not totals or None in totals or against is None:
        return
    gap = against - sum(totals)
    if abs(gap) > CENT * (2 + len(totals)):
        yield "items", {"by": str(gap)}


def _numbers(reading: Reading) -> Iterator[Problem]:
    iban = reading.value("vendor_iban")
    if iban and not is_iban(iban):
        yield "iban", {"value": iban}
    vat = reading.value("vendor_vat")
    if vat and is_vat(vat) is False:
        yield "vat", {"value": vat}


def is_iban(value: str) -> bool:
    """Whether the checksum of an IBAN holds."""
    try:
        iban_numbers.validate(value, check_country=False)
    except ValidationError:
        return False
    return True


def is_vat(value: str) -> bool | None:
    """Whether a VAT id of the European Union has a valid form and checksum; None for those of other places."""
    code = "EL" + value[2:] if value.startswith("GR") else value
    if code[:2].lower() not in (*eu_vat.MEMBER_STATES, "el"):
        return None
    try:
        return bool(eu_vat.is_valid(code))
    except (ValidationError, ValueError):
        return False


def _dates(reading: Reading, today: date) -> Iterator[Problem]:
    told = {name: _date(reading.value(name)) for name in ("date", "due_date", "service_from", "service_to")}
    day, due = told["date"], told["due_date"]
    if day and day > today + AHEAD:
        yield "date_future", {"date": day.isoformat()}
    if day and day < today - OLD:
        yield "date_old", {"date": day.isoformat()}
    if day and due and due < day:
        yield "due_before_date", {"date": day.isoformat(), "due_date": due.isoformat()}
    if day and due and due > day + LONGEST_TERM:
        yield "due_late", {"date": day.isoformat(), "due_date": due.isoformat()}
    if told["service_from"] and told["service_to"] and told["service_to"] < told["service_from"]:
        yield "service", {name: told[name].isoformat() for name in ("service_from", "service_to")}


def _date(value: str) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        return None


def _currency(reading: Reading) -> Iterator[Problem]:
    code = reading.value("currency")
    if code and code not in CODES:
        yield "currency", {"value": code}
