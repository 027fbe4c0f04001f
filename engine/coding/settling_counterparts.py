"""Payments to tax offices, funds, lenders, card issuers, sisters, employees and owners: which balance they settle.

A person keeps who they are; the books say how much waits. What agrees to the cent is proposed, a difference is asked
with where it may go, and cost is out of the question while a balance waits.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import combinations
from typing import Any

from ..proposal import Answer, Coding, CodingRow, Reading
from ..text import words
from .settling_due import PERIOD, UNTIL, exact, owed
from .settling_facts import ZERO, Claim, Known, Period
from .settling_loans import loan_options
from .settling_option import Option, Reason, Row
from .settling_period import period_of
from .settling_topics import topics_named
from .template import Part, Template

#: What goes there is no debt to the cent: any amount may.
RUNNING = frozenset({"intercompany", "advance", "drawings", "contribution", "owner"})
#: Counterparts whose payments are never profit or loss.
NEVER_COST = frozenset({"owner", "sister"})
_TOGETHER = 4
_CHOICES = 5
_PENALTY = frozenset(
    "PENALTY PENALTIES FINE SURCHARGE INTEREST LATE BOETE NALATIGHEIDSINTEREST VERHOGING AMENDE MAJORATION SAUMNIS "
    "SAEUMNISZUSCHLAG SAUMNISZUSCHLAG ZINSEN NACHZAHLUNGSZINSEN MULTA INTERESES INTERETS".split()
)


class Counterparts:
    """What the counterparts of a run's lines say; ``coder`` gives facts, and takes what is proposed off balances."""

    def __init__(self, coder) -> None:
        self._coder = coder
        self._facts = coder.facts
        self._taken: dict[tuple[int, int | None], Decimal] = {}
        self._planned: set[int] = set()

    def answer(self, line, prediction, known: list[Reading]) -> Answer | None:
        """None: what is known of the payee decides, as for any other line."""
        found: Known | None = self._facts.counterparts.get(line.case.key)
        if not found or not line.worth:
            return None
        period = period_of(line.case.text, line.case.date)
        sure, asked = self._options(line, found, period)
        readings = [(option, self._reading(line, option, found)) for option in (*sure, *asked)]
        readings = [(option, reading) for option, reading in readings if self._is_free(line, reading)]
        settled = [reading for option, reading in readings if option.sure]
        if len(settled) == 1 and found.sure:
            return self._propose(line, readings, settled[0])
        asked = [reading for _option, reading in readings]
        if {each.kind for each in found.counterparts} & NEVER_COST:
            return self._ask(line, found, asked + self._on_balance_sheet(known), period) or self._nothing(line, found)
        if not settled and self._remembers(prediction, known, readings, found):
            return None
        return self._ask(line, found, asked + known, period)

    # === ANSWERS === #

    def _propose(self, line, readings, first):
        option = next(option for option, reading in readings if reading is first)
        for row in option.rows:
            if row.ledger is not None:
                key = (row.account, option.partner)
                self._taken[key] = self._taken.get(key, ZERO) + self._coder._worth(line, row.amount)
        if option.told.get("loan_line"):
            self._planned.add(option.told["loan_line"])
        others = [reading for _option, reading in readings if reading is not first]
        return self._coder._proposed(line, [first, *others[: _CHOICES - 1]], first.confidence)

    def _ask(self, line, found, readings, period):
        first: dict[str, Reading] = {}
        for reading in readings:
            first.setdefault(reading.key, reading)
        readings = list(first.values())
        if not readings:
            return None
        values = {"name": " / ".join(each.name for each in found.counterparts)}
        reasons: list[Reason] = [("settlement_asked" if found.sure else "counterpart_unsure", values)]
        if period:
            reasons.append(("period_told", _period_values(period)))
        # What all choices say is said once, of the question.
        reasons += [
            reason
            for reason in readings[0].reasons
            if reason[0] not in ("period_told", "settles") and all(reason in reading.reasons for reading in readings)
        ]
        return Answer(line.case.key, "asked", tuple(readings[:_CHOICES]), 0.0, tuple(reasons), line.partner)

    def _on_balance_sheet(self, known):
        balances = self._facts.balance_sheet
        return [reading for reading in known if all(row.account in balances for row in reading.match.rows)]

    def _nothing(self, line, found):
        """It is theirs, and nothing that is kept fits: better nothing than cost."""
        values = {"name": " / ".join(each.name for each in found.counterparts)}
        return Answer(line.case.key, "nothing", (), 0.0, (("settlement_asked", values),), line.partner)

    def _remembers(self, prediction, known, readings, found):
        """Whether people's own decisions about this payee say more than what is left to ask here."""
        if prediction.tier != "memory" or prediction.is_contradictory or not known:
            return False
        accounts = {row.account for row in known[0].match.rows}
        settles = {account for each in found.counterparts for account in each.accounts}
        if accounts & settles:
            # More than what stands there: that is asked, whatever they did before.
            return not any(option.told.get("over") for option, _reading in readings)
        return not readings

    # === OPTIONS === #

    def _options(self, line, found, period):
        """(what is sure, what may be asked)"""
        options = [
            option
            for each in found.counterparts
            for option in loan_options(line, each, found.references, self._planned, self._coder._places(line))
        ]
        for each in found.counterparts:
            options += self._claimed(line, each, found, period)
        sure = [option for option in options if option.sure]
        return sure, [option for option in options if not option.sure]

    def _claimed(self, line, counterpart, found, period):
        fitting = [claim for claim in counterpart.claims if claim.sign is None or claim.sign * line.worth > 0]
        named = [claim for claim in fitting if self._is_named(line, claim, found.references)]
        options = []
        for claim in named or fitting:
            due = exact(claim, line.worth, line.case.date, period, self._left_off(claim))
            if due:
                reason = (due.how, {"date": due.day.isoformat()})
                options.append(self._whole(line, counterpart, claim, period, (reason,), claim in named))
        if options:
            return _decided(options, sure=len(options) == 1 or all(option.told.get("named") for option in options))
        if not named or len(named) > 1:
            together = self._together(line, counterpart, named or fitting, period)
            if together:
                return [together]
        running = [claim for claim in named or fitting if claim.topic in RUNNING]
        if running and (named or len(fitting) == 1):
            made = [self._whole(line, counterpart, claim, period, (), bool(named)) for claim in running]
            return _decided(made, sure=len(made) == 1)
        return [option for claim in named or fitting for option in self._different(line, counterpart, claim, period)]

    def _different(self, line, counterpart, claim, period):
        """The amount is not what is owed: in part, or more, as a prepayment or with a penalty."""
        due = owed(claim, line.case.date, period, self._left_off(claim))
        rest = line.worth - due
        if claim.topic in RUNNING:
            return [self._whole(line, counterpart, claim, period, (), False)]
        if due * line.worth > 0 and abs(line.worth) < abs(due):
            reason = ("due_part", {"due": str(abs(due)), "open": str(abs(rest))})
            return [self._whole(line, counterpart, claim, period, (reason,), False)]
        code = "due_over" if due * line.worth > 0 else "due_nothing"
        reason = (code, {"due": str(abs(due)), "over": str(abs(rest))})
        prepaid = ("prepaid", {"over": str(abs(rest))})
        found = [self._whole(line, counterpart, claim, period, (reason, prepaid), False, over=True)]
        penalty = counterpart.penalty_account
        if penalty and line.worth < 0 and line.worth == line.case.amount:
            rows = (Row(penalty, rest),)
            if code == "due_over":
                rows = (*self._rows(claim, due), *rows)
            told = self._told(line, counterpart, claim, period, over=True)
            split = Option(rows, (reason, ("penalty", {"over": str(abs(rest))})), counterpart, False, told=told)
            said = {word.text for word in words(line.case.text)} & _PENALTY
            found.insert(0 if said else 1, split)
        return found

    def _together(self, line, counterpart, claims, period):
        """One payment of several dues: the only set of them that makes the amount."""
        dues = []
        for claim in claims:
            if claim.topic not in RUNNING and len(claim.accounts) == 1:
                amount = owed(claim, line.case.date, period, self._left_off(claim))
                if amount * line.worth > 0:
                    dues.append((claim, amount))
        if line.worth != line.case.amount:
            return None
        sets = [
            chosen
            for size in range(2, min(_TOGETHER, len(dues)) + 1)
            for chosen in combinations(dues, size)
            if sum((amount for _claim, amount in chosen), ZERO) == line.worth
        ]
        if len(sets) != 1:
            return None
        rows = tuple(row for claim, amount in sets[0] for row in self._rows(claim, amount))
        told = {**self._told(line, counterpart, sets[0][0][0], period), "claims": [c.key for c, _amount in sets[0]]}
        return Option(rows, (("due_together", {"count": len(sets[0])}),), counterpart, True, told=told)

    def _whole(self, line, counterpart, claim, period, reasons, named, over=False):
        rows = self._rows(claim, line.case.amount, line)
        told = {**self._told(line, counterpart, claim, period, over), "named": named}
        if named:
            reasons = (*reasons, ("topic_named", {}))
        return Option(rows, reasons, counterpart, False, claim.partner, told, claim.support)

    def _rows(self, claim: Claim, amount: Decimal, line=None) -> tuple[Row, ...]:
        """What is booked to settle ``amount`` of the claim: its accounts' own balances where several are settled."""
        if len(claim.accounts) == 1:
            return (Row(claim.accounts[0], amount, claim.ledger, self._left_off(claim)),)
        day = line.case.date if line is not None else None
        balances = [ledger.at(day) if day else ZERO for ledger in claim.parts]
        if sum(balances, ZERO) != amount:
            # What stands on each says nothing about this amount: the first one takes it.
            return (Row(claim.accounts[0], amount, claim.parts[0]),)
        return tuple(
            Row(account, balance, ledger)
            for account, balance, ledger in zip(claim.accounts, balances, claim.parts, strict=True)
            if balance
        )

    def _told(self, line, counterpart, claim, period, over=False):
        due = owed(claim, line.case.date, period, self._left_off(claim))
        return {
            "counterpart": counterpart.key,
            "kind": counterpart.kind,
            "claim": claim.key,
            "topic": claim.topic,
            "due": str(due),
            "difference": str(line.worth - due),
            "period": period.to_json() if period else None,
            "over": over,
        }

    def _is_named(self, line, claim, references):
        told = frozenset(word.text for word in words(line.case.text))
        return (
            claim.topic in topics_named(line.case.text)
            or bool(claim.words & told)
            or any(reference in references for reference in claim.references)
        )

    def _left_off(self, claim):
        """What is proposed in this run to settle of it."""
        return sum((self._taken.get((account, claim.partner), ZERO) for account in claim.accounts), ZERO)

    # === READINGS === #

    def _reading(self, line, option: Option, found: Known) -> Reading:
        template = Template(tuple(dict.fromkeys(Part(row.account) for row in option.rows)))
        balances = [
            {
                "account_id": row.account,
                "before": str(before),
                "after": str(before - self._coder._worth(line, row.amount)),
            }
            for row in option.rows
            if row.ledger is not None
            for before in (row.ledger.at(line.case.date) - row.taken,)
        ]
        count, right = option.support
        name = {"name": option.counterpart.name}
        reasons = [(code, name) for code in found.how]
        reasons += option.reasons
        if option.told.get("period") and not any(code in (PERIOD, UNTIL) for code, _values in option.reasons):
            reasons.append(("period_told", dict(zip(("first", "last"), option.told["period"], strict=True))))
        details: dict[str, Any] = {
            "label": template.label,
            "settling": {**option.told, "sure": option.sure and found.sure},
        }
        if balances:
            details["balances"] = balances
        return Reading(
            Coding(
                tuple(CodingRow(row.account, row.amount) for row in option.rows),
                ZERO,
                option.partner or option.counterpart.partner or line.partner,
            ),
            "settles" if len(option.rows) == 1 else "split",
            round((right + 1) / (count + 2), 6) if count else 0.0,
            {},
            tuple(reasons),
            support=option.support,
            tier="match",
            details=details,
        )

    def _is_free(self, line, reading):
        """Whether it may be booked, and nobody rejected it."""
        parts = Template.from_label(reading.details["label"]).parts
        return all(self._coder._may_book(part) for part in parts) and not self._coder._is_rejected(line, reading)


def _decided(options: list[Option], sure: bool) -> list[Option]:
    """Several that fit equally well are a question."""
    if sure and len(options) == 1:
        return [replace(options[0], sure=True)]
    return options


def _period_values(period: Period) -> dict[str, str]:
    return {"first": period.first.isoformat(), "last": period.last.isoformat()}
