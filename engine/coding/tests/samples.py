"""Payments, what people did with them, and runs over both."""

from datetime import date, timedelta
from decimal import Decimal

from ...learning import Case, Example, Learner
from .. import Balance, CodingFacts, CodingLine, CodingSettings, Splits, code
from ..payee import payee_key

FUEL, RENT, FEES, WAGES, VAT, LOAN, INTEREST = 6240, 6100, 6560, 4550, 4510, 1730, 6500
INPUT, REVERSE = 15, 16
DAY = date(2026, 1, 5)


def case(key, text, amount, day=DAY, payee=None):
    payee = payee_key(None, "", "", text) if payee is None else payee
    return Case(key, day, payee, text, Decimal(str(amount)), "EUR", "1")


def row(account, amount, *taxes, **more):
    return {"account_id": account, "amount": str(amount), "tax_ids": list(taxes), **more}


class Past:
    """What people decided, a month apart."""

    def __init__(self):
        self.learner, self.splits, self._count = Learner(), Splits(), 0

    def add(self, text, rows, times=1, **more):
        from .. import Template

        for _time in range(times):
            self._count += 1
            amount = sum(Decimal(each["amount"]) for each in rows)
            day = DAY - timedelta(days=400 - 30 * self._count)
            example = Example(case(self._count, text, amount, day, **more), Template.of_lines(rows).label)
            self.learner.learn(example)
            self.splits.learn(example, rows)
        return self


def line(text, amount, key=1000, day=DAY, **more):
    payee = more.pop("payee", None)
    values = {"company": 1, "journal": 1, "worth": Decimal(str(amount)), **more}
    return CodingLine(case(key, text, amount, day, payee), **values)


def balance(account, name, *days):
    """``days``: (days before DAY, movement)"""
    total, known, sums = Decimal(0), [], []
    for before, moved in days:
        total += Decimal(str(moved))
        known.append(DAY - timedelta(days=before))
        sums.append(total)
    return Balance(account, name, tuple(known), tuple(sums))


def run(lines, past=None, balances=(), settings=None, **more):
    past = past or Past()
    facts = CodingFacts(
        settings=settings or CodingSettings(1, "EUR", claims_without_document=True),
        lines=tuple(lines),
        learner=past.learner,
        balance_sheet={each.account: each for each in balances},
        places={"EUR": 2, "JPY": 0},
        splits=past.splits,
        **{"taxes": {INPUT: True, REVERSE: False}, **more},
    )
    return code(facts)


def only(text, amount, past=None, **more):
    own = {name: more.pop(name) for name in ("partner", "blockers", "only_known", "has_document") if name in more}
    [answer] = run([line(text, amount, **own)], past, **more)
    return answer


def rows(answer, place=0):
    return [(each.account, str(each.amount), each.taxes) for each in answer.readings[place].match.rows]
