"""Everything that is checked about a bill, each check a function of one :class:`Case`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal

from ..billing import buyer as buyers
from ..billing.told import same_vat
from ..dates import day_text, days
from ..text import squeeze
from . import vat as vat_check
from .assets import is_thing
from .case import Case
from .costs import same_cost
from .duplicates import CREDIT_NOTE, Bills
from .finding import STOP, WARN, Finding
from .unusual import unusual

MOVE = "account.move"
#: A vendor that sent nothing for so long is looked at again.
_DORMANT_DAYS = 540
#: Account types that hold costs; on them a thing that lasts would be expensed.
_COSTS = ("expense", "expense_direct_cost")
#: Problems of a reading that mean that the document says two things at once.
_CONTRADICTIONS = ("totals", "tax_base")


def check(case: Case, known: Bills) -> tuple[Finding, ...]:
    """All findings about one bill, what stops first.

    :param known: the other bills, see :class:`engine.anomaly.duplicates.Bills`
    """
    found = [*_twins(case, known), *(finding for each in CHECKS for finding in each(case))]
    return tuple(sorted(found, key=lambda finding: finding.severity != STOP))


def _twins(case: Case, known: Bills) -> Iterator[Finding]:
    for twin in known.twins(case.bill)[:3]:
        yield Finding(f"twin_{twin.how}", twin.severity, {}, (MOVE, twin.key), f"twin:{twin.key}")


def _costs(case: Case) -> Iterator[Finding]:
    for cost in same_cost(case)[:1]:
        values = {"date": day_text(cost.date), "amount": str(cost.amount), "currency": cost.currency}
        yield Finding(f"cost_{cost.kind}", STOP, values, (cost.model, cost.key), f"cost:{cost.model}:{cost.key}")


def _buyer(case: Case) -> Iterator[Finding]:
    found = case.buyer
    values = {"name": found.name or found.vat}
    if found.state == buyers.STRANGER:
        yield Finding("buyer_stranger", STOP, values, None, f"buyer:{squeeze(values['name'])}")
    elif found.state == buyers.OTHER:
        yield Finding("buyer_other", STOP, values, ("res.company", found.key), f"buyer:{found.key}")
    elif found.state == buyers.UNNAMED:
        yield Finding("buyer_unnamed", WARN, {}, None, "buyer:unnamed")


def _bank(case: Case) -> Iterator[Finding]:
    """Where the money would go: a known vendor's other account, or an account that is somebody else's."""
    iban = squeeze(case.iban)
    if not iban or case.bill.kind == CREDIT_NOTE:
        return
    known = {squeeze(account) for account in case.past.ibans}
    if iban in known:
        return
    if case.iban_owners:
        twin = ("res.partner", case.iban_owners[0])
        yield Finding("iban_of_other", STOP, {"account": _tail(iban)}, twin, f"iban:{iban}")
    elif known:
        yield Finding("bank_changed", WARN, {"account": _tail(iban)}, None, f"iban:{iban}")
    elif case.past.count and case.is_read:
        yield Finding("bank_first", WARN, {"account": _tail(iban)}, None, f"iban:{iban}")


def _tail(iban: str) -> str:
    """Country and last four, as banks print them."""
    return f"{iban[:4]}…{iban[-4:]}"


def _vat(case: Case) -> Iterator[Finding]:
    if not case.vat:
        return
    if vat_check.is_valid(case.vat, case.country) is False:
        yield Finding("vat_invalid", WARN, {"vat": case.vat}, None, f"vat:{squeeze(case.vat)}")
    elif case.past.vats and not any(same_vat(case.vat, vat, case.country) for vat in case.past.vats):
        values = {"vat": case.vat, "known": case.past.vats[0]}
        yield Finding("vat_other", WARN, values, None, f"vat:{squeeze(case.vat)}")


def _amount(case: Case) -> Iterator[Finding]:
    bill = case.bill
    usual = unusual(bill.amount or Decimal(0), [total for _day, total in case.past.bills])
    if usual is not None:
        values = {"amount": str(bill.amount), "usual": str(usual), "currency": bill.currency}
        yield Finding("total_unusual", WARN, values, None, f"total:{bill.amount}")


def _vendor(case: Case) -> Iterator[Finding]:
    bill, earlier = case.bill, [day for day, _total in case.past.bills]
    if case.is_new:
        yield Finding("vendor_new", WARN, {"name": bill.names[0] if bill.names else ""}, None, "vendor:new")
    elif bill.date and earlier and days(max(earlier), bill.date) > _DORMANT_DAYS:
        yield Finding("vendor_dormant", WARN, {"date": day_text(max(earlier))}, None, f"vendor:{max(earlier)}")


def _dates(case: Case) -> Iterator[Finding]:
    if case.posting and case.booked and case.booked != case.posting:
        values = {"date": day_text(case.posting), "booked": day_text(case.booked)}
        yield Finding("period_locked", WARN, values, None, f"locked:{case.posting}")
    first, last = case.service_from, case.service_to
    if first and last and (first.year, first.month) != (last.year, last.month):
        values = {"first": day_text(first), "last": day_text(last)}
        yield Finding("period_crossing", WARN, values, None, f"service:{first}:{last}")
    earlier = _of_earlier_year(case)
    if earlier:
        yield Finding("prior_year", WARN, {"date": day_text(earlier)}, None, f"prior:{earlier}")


def _of_earlier_year(case: Case) -> date | None:
    """The day by which the cost belongs to a fiscal year before the one it would be booked in."""
    day = case.service_to or case.bill.date
    return day if day and case.year_start and day < case.year_start else None


def _assets(case: Case) -> Iterator[Finding]:
    if not case.asset_limit or case.bill.kind == CREDIT_NOTE:
        return
    for line in case.lines:
        each = line.amount / line.quantity if line.quantity > 1 else line.amount
        is_cost = not line.account_type or line.account_type in _COSTS
        if is_cost and each >= case.asset_limit and (is_thing(line.label) or case.past.is_asset):
            values = {"label": line.label[:80], "amount": str(line.amount), "limit": str(case.asset_limit)}
            yield Finding("fixed_asset", WARN, values, None, f"asset:{squeeze(line.label)[:40]}")
            return


def _reading(case: Case) -> Iterator[Finding]:
    """What an e-invoice and its picture tell differently stops; sums that do not add up warn."""
    for code, values in case.problems:
        if code.startswith(("picture", "differs", "xml_")) and case.is_xml:
            shown = {name: str(value) for name, value in values.items()}
            yield Finding("picture_differs", STOP, shown, None, f"picture:{code}:{shown.get('field', '')}")
        elif code in _CONTRADICTIONS:
            yield Finding("totals_differ", WARN, {}, None, f"reading:{code}")


CHECKS: tuple[Callable[[Case], Iterable[Finding]], ...] = (
    _buyer,
    _costs,
    _bank,
    _reading,
    _vat,
    _amount,
    _vendor,
    _dates,
    _assets,
)
