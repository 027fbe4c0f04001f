"""An instalment of a loan: interest, redemption and fee as the loan's plan has them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from ..text import squeeze, words
from .settling_facts import ZERO, Counterpart, LoanFacts, PlanLine
from .settling_option import Option, Row

#: Banks debit an instalment on the next working day; a late one still belongs to its date.
_EARLY, _LATE = timedelta(days=6), timedelta(days=24)
_EXTRA = frozenset(
    "EXTRA SONDERTILGUNG EARLY PREPAYMENT VERVROEGDE ANTICIPE ANTICIPEE ANTICIPATED ANTICIPADA AFLOSSING "
    "REDEMPTION LUMP".split()
)
PLAN, DIFFERENT, OPENED = "loan_plan", "loan_different", "loan_paid_out"


def loan_options(line, counterpart: Counterpart, references, planned: set[int], places: int = 2) -> list:
    """Ways to book ``line`` as an instalment, an extra repayment or the payment out of the counterpart's loans.

    :param references: that the line quotes, squeezed
    :param planned: keys of instalments that earlier lines of the run pay
    :return: ``settling_counterparts.Option``, at most one of them sure
    """
    loans = [loan for loan in counterpart.loans if loan.currency == line.case.currency]
    quoted = [loan for loan in loans if _quotes(line, loan, references)]
    loans = quoted or loans
    found = []
    for loan in loans:
        found += _out(line, counterpart, loan) if line.case.amount * loan.sign < 0 else []
        found += _instalments(line, counterpart, loan, planned, len(loans) == 1, places)
    sure = [option for option in found if option.sure]
    return found if len(sure) == 1 else [_unsure(option) for option in found]


def _quotes(line, loan, references):
    told = squeeze(line.case.text)
    return any(reference in references or reference in told for reference in loan.references)


def _out(line, counterpart, loan):
    """The loan is paid out: nothing stands there yet."""
    if loan.ledger.at(line.case.date):
        return []
    fits = abs(line.case.amount) == loan.principal
    reason = (OPENED if fits else "loan_paid_out_different", {"name": loan.name, "amount": str(loan.principal)})
    return [_option(line, counterpart, loan, ((loan.account, line.case.amount),), (reason,), None, fits)]


def _instalments(line, counterpart, loan: LoanFacts, planned, alone: bool, places: int):
    if line.case.amount * loan.sign < 0:
        return []
    paid = abs(line.case.amount)
    near = [each for each in loan.plan if -_EARLY <= line.case.date - each.date <= _LATE and each.key not in planned]
    same = [each for each in near if each.payment == paid]
    if same:
        due = min(same, key=lambda each: abs(each.date - line.case.date))
        agrees = _agrees(line, loan, due)
        found = [_by_plan(line, counterpart, loan, due, agrees is not False)]
        if agrees is False:
            found += _by_books(line, counterpart, loan, due, places)
        return found
    return _different(line, counterpart, loan, near, alone)


def _agrees(line, loan, due: PlanLine) -> bool | None:
    """Whether the books owe what the plan says is owed before the instalment; None: the account tells nothing."""
    if loan.shared:
        return None
    return abs(loan.ledger.at(line.case.date)) == due.before


def _by_plan(line, counterpart, loan, due: PlanLine, sure):
    reasons = [
        (
            PLAN,
            {
                "name": loan.name,
                "date": due.date.isoformat(),
                "interest": str(due.interest),
                "redeemed": str(due.principal),
            },
        )
    ]
    if not sure:
        books = abs(loan.ledger.at(line.case.date))
        reasons.append(("loan_books_differ", {"plan": str(due.before), "books": str(books)}))
    elif not loan.shared:
        reasons.append(("loan_books_agree", {"plan": str(due.before)}))
    parts = _parts(loan, due.interest, due.principal, due.fee)
    if parts is None:
        return _option(line, counterpart, loan, ((loan.account, line.case.amount),), tuple(reasons), due, False)
    return _option(line, counterpart, loan, parts, tuple(reasons), due, sure)


def _by_books(line, counterpart, loan, due: PlanLine, places):
    """The plan's rate on what the books say is owed: an extra repayment that the plan does not know."""
    books = abs(loan.ledger.at(line.case.date))
    if not due.before or not due.interest or not books:
        return []
    interest = (due.interest * books / due.before).quantize(Decimal(1).scaleb(-places))
    principal = due.payment - interest - due.fee
    parts = _parts(loan, interest, principal, due.fee)
    if principal <= 0 or principal > books or parts is None:
        return []
    reason = ("loan_by_books", {"books": str(books), "interest": str(interest), "redeemed": str(principal)})
    return [_option(line, counterpart, loan, parts, (reason,), due, False)]


def _different(line, counterpart, loan, near, alone):
    """No instalment has this amount: all redeems, or the plan's interest and the rest."""
    paid, found = abs(line.case.amount), []
    extra = bool({word.text for word in words(line.case.text)} & _EXTRA)
    whole = _option(
        line,
        counterpart,
        loan,
        ((loan.account, line.case.amount),),
        (("loan_extra", {"name": loan.name}),),
        None,
        False,
    )
    if near and not extra:
        due = min(near, key=lambda each: abs(each.date - line.case.date))
        rest = paid - due.interest - due.fee
        parts = _parts(loan, due.interest, rest, due.fee) if rest > 0 else None
        if parts:
            reason = (DIFFERENT, {"name": loan.name, "planned": str(due.payment), "interest": str(due.interest)})
            found.append(_option(line, counterpart, loan, parts, (reason,), due, False))
    return [*found, whole] if alone or extra or found else []


def _parts(loan, interest, principal, fee):
    """(account, signed amount) of the parts that are not zero; None where an account is missing."""
    wanted = ((loan.account, principal), (loan.interest_account, interest), (loan.fee_account, fee))
    if any(amount and not account for account, amount in wanted):
        return None
    return tuple((account, amount * loan.sign) for account, amount in wanted if amount)


def _option(line, counterpart, loan, parts, reasons, due: PlanLine | None, sure):
    rows = tuple(Row(account, amount, loan.ledger if account == loan.account else None) for account, amount in parts)
    told = {
        "counterpart": counterpart.key,
        "kind": counterpart.kind,
        "topic": "loan",
        "loan": loan.key,
        "loan_line": due.key if due else None,
        "due": str((due.payment if due else ZERO) * loan.sign),
        "difference": str(line.case.amount - due.payment * loan.sign if due else ZERO),
    }
    return Option(rows, reasons, counterpart, sure, None, told, loan.support)


def _unsure(option):
    return replace(option, sure=False)
