"""From the facts of a run to one answer per line: rule, memory, prediction, or a question, or nothing."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from ..learning import Prediction
from ..proposal import Answer, Coding, CodingRow, Reading
from .facts import CodingFacts, CodingLine, Rule
from .rules import Book, amounts
from .settling import ACCRUED, BALANCE, NAMED, Settlement, Settling
from .settling_counterparts import Counterparts
from .template import Part, Template

RULE, MATCH, MEMORY = "rule", "match", "memory"
#: What is surer than this is proposed; below it is asked, if the likeliest answers together have a fair chance.
PROPOSE = 0.5
ASK = 0.5
CHOICES = 4
ALTERNATIVES = 3
#: An answer with less of a share is no choice.
_WORTH_ASKING = 0.05

Reason = tuple[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class _Option:
    """A coding that may be proposed, before it is weighed against others."""

    template: Template
    share: float
    reasons: tuple[Reason, ...] = ()
    details: dict[str, Any] = field(default_factory=dict)


def code(facts: CodingFacts) -> tuple[Answer, ...]:
    """What each line of ``facts.lines`` is coded to: one answer per line, in their order.

    Lines with blockers get none. Rows and remainder of every reading make the line's amount.
    """
    coder = _Coder(facts)
    free = sorted(
        (line for line in facts.lines if not line.blockers and line.case.amount),
        key=lambda line: (line.case.date, line.case.key),
    )
    predictions = facts.learner.predict_many([line.case for line in free])
    found = {line.case.key: coder.answer(line, prediction) for line, prediction in zip(free, predictions, strict=True)}
    return tuple(found.get(line.case.key) or _closed(line) for line in facts.lines)


def _closed(line: CodingLine) -> Answer:
    return Answer(line.case.key, "nothing", (), 0.0, line.blockers or (("zero", {}),), line.partner)


class _Coder:
    def __init__(self, facts: CodingFacts) -> None:
        self.facts = facts
        self.book = Book(facts.rules)
        self.settling = Settling(facts)
        self.counterparts = Counterparts(self)
        self.templates: dict[str, Template] = {}
        #: Parts of what is proposed in this run, by payee and label: the next instalment comes after it.
        self.proposed: dict[tuple[str, str], list[tuple[Decimal, ...]]] = {}

    def answer(self, line: CodingLine, prediction: Prediction) -> Answer:
        ruled = self._by_rule(line)
        known = self._readings(line, prediction)
        if ruled:
            return self._ruled(line, ruled, known)
        if line.only_known and prediction.tier != MEMORY:
            known = []
        recognised = self.counterparts.answer(line, prediction, known)
        if recognised:
            return recognised
        settled = self._settlements(line, prediction, known)
        if settled:
            return self._settled(line, settled, known)
        if not known:
            return self._nothing(line)
        return self._weighed(line, prediction, known)

    def _ruled(self, line, ruled, known):
        first, *later = ruled
        seen = {reading.key for reading in ruled}
        others = [replace(reading, lost=("lost_rule", {"name": first.reasons[0][1]["name"]})) for reading in later]
        others += [replace(reading, lost=("lost_to_rule", {})) for reading in known if reading.key not in seen]
        return self._proposed(line, [first, *others[:ALTERNATIVES]], 1.0)

    def _weighed(self, line, prediction, known):
        first = known[0]
        margin = first.confidence - (known[1].confidence if len(known) > 1 else 0.0)
        is_first = first.details.get("label") == prediction.label
        # Answers that may not be booked any more, or book the same, contradict nothing.
        is_clear = len(known) == 1 or not prediction.is_contradictory
        # Whether the amounts of the parts are sure too is for whoever accepts: a person sees them.
        sure = max(first.confidence, prediction.confidence) if is_first else 0.0
        if is_clear and sure >= PROPOSE:
            others = [self._loser(reading, prediction) for reading in known[1 : ALTERNATIVES + 1]]
            return self._proposed(line, [first, *others], margin)
        if sure + sum(reading.confidence for reading in known[bool(sure) : CHOICES]) < ASK:
            return self._nothing(line)
        return self._asked(line, known, margin, self._why_asked(prediction))

    def _proposed(self, line, readings, margin):
        first = readings[0]
        if "split" in first.details:
            parts = tuple(row.amount for row in first.match.rows)
            self.proposed.setdefault((line.case.payee, first.details["label"]), []).append(parts)
        for row in first.match.rows:
            if row.account in self.facts.balance_sheet:
                self.settling.take(row.account, self._worth(line, row.amount))
        return Answer(line.case.key, "proposed", tuple(readings), round(margin, 6), (), first.match.partner)

    def _asked(self, line, readings, margin, reasons):
        return Answer(line.case.key, "asked", tuple(readings[:CHOICES]), round(margin, 6), reasons, line.partner)

    def _nothing(self, line):
        return Answer(line.case.key, "nothing", (), 0.0, (("never_coded", {}),), line.partner)

    def _why_asked(self, prediction):
        if not prediction.is_contradictory:
            return (("not_sure", {}),)
        labels = [label for label, _count, _last in prediction.history]
        return (("contradictory", {"labels": labels[:CHOICES]}),)

    def _loser(self, reading, prediction):
        counts = {label: count for label, count, _last in prediction.history}
        values = {"count": counts.get(reading.details.get("label"), 0), "total": sum(counts.values())}
        return replace(reading, lost=("lost_share", values))

    # === BALANCES === #

    def _settlements(self, line, prediction, known) -> list[Reading]:
        """Balances that go before cost. Where people always coded this payee to cost, an amount or a word that fits
        by chance changes nothing; where the first reading settles a balance itself, there is nothing to add."""
        if line.only_known or (known and self._settles(known[0])):
            return []
        found = self.settling.candidates(line)
        if prediction.tier == MEMORY and not prediction.is_contradictory:
            found = [each for each in found if each.is_strong]
        readings = [reading for each in found if (reading := self._settlement(line, each))]
        return [reading for reading in readings if not self._is_rejected(line, reading)]

    def _settled(self, line, settled, known):
        """Nothing measures such a reading yet: it is proposed where amount and name agree and nothing else speaks."""
        codes = {reason for reason, _values in settled[0].reasons}
        # What the names of accounts or words of other payees suggest does not outweigh a balance that fits.
        remembered = [reading for reading in known if reading.tier == MEMORY]
        if len(settled) == 1 and not remembered and NAMED in codes and codes & {BALANCE, ACCRUED}:
            return self._proposed(line, settled, 0.0)
        return self._asked(line, settled + known, 0.0, (("settlement_first", {}),))

    def _settlement(self, line: CodingLine, found: Settlement) -> Reading | None:
        template = Template((Part(found.account),))
        if not self._may_book(template.parts[0]):
            return None
        label = template.label
        values = {code: {"labels": [label]} for code in found.how}
        if ACCRUED in values:
            values[ACCRUED]["date"] = found.day
        rows = (CodingRow(found.account, line.case.amount),)
        return self._reading(
            line,
            Coding(rows, Decimal(0), line.partner),
            0.0,
            tuple(values.items()),
            tier=MATCH,
            details={"label": label},
        )

    def _settles(self, reading):
        return any(row.account in self.facts.balance_sheet for row in reading.match.rows)

    # === RULES === #

    def _by_rule(self, line: CodingLine) -> list[Reading]:
        """What the rules that hold and can be booked say, in their order, but for what was rejected for this line."""
        found: dict[str, Reading] = {}
        for rule in self.book.all(line):
            option = self._allowed(line, rule.template, 1.0)
            shares = option and amounts(rule, line.case.amount, self._places(line))
            if shares:
                reading = self._rule_reading(line, rule, option, shares)
                if not self._is_rejected(line, reading):
                    found.setdefault(reading.key, reading)
        return list(found.values())

    def _rule_reading(self, line: CodingLine, rule: Rule, option: _Option, shares) -> Reading:
        labels = rule.labels or tuple(rule.label for _part in option.template.parts)
        rows = tuple(
            CodingRow(part.account, amount, part.taxes, part.analytic, label)
            for part, amount, label in zip(option.template.parts, shares, labels, strict=True)
        )
        remainder = line.case.amount - sum((row.amount for row in rows), Decimal(0))
        coding = Coding(rows, remainder, line.partner or rule.set_partner)
        count, right = rule.support
        return self._reading(
            line,
            coding,
            (right + 1) / (count + 2) if count else 0.0,
            (("rule", {"name": rule.name}), *option.reasons),
            support=rule.support,
            tier=RULE,
            rule=rule.key,
            details={**option.details, "label": rule.template.label},
        )

    # === WHAT WAS LEARNED === #

    def _readings(self, line: CodingLine, prediction: Prediction) -> list[Reading]:
        """The labels that may be booked, likeliest first; two that book the same are one."""
        found: dict[str, Reading] = {}
        for place, (label, share) in enumerate(prediction.ranked):
            option = share >= _WORTH_ASKING and self._option(line, label, share)
            reading = option and self._learned_reading(line, prediction, label, option, first=not place)
            if not reading or self._is_rejected(line, reading):
                continue
            if reading.key in found:
                held = found[reading.key]
                reading = replace(held, confidence=min(1.0, held.confidence + reading.confidence))
            found[reading.key] = reading
        return list(found.values())

    def _option(self, line, label, share):
        template = self.templates.get(label)
        if template is None:
            template = self.templates[label] = Template.from_label(label)
        return self._allowed(line, template, share)

    def _learned_reading(self, line, prediction, label, option, first):
        split = self.facts.splits.amounts(
            self.templates[label],
            line.case.payee,
            line.case.amount,
            self._places(line),
            self.proposed.get((line.case.payee, label), ()),
        )
        if split is None:
            return None
        rows = tuple(
            CodingRow(part.account, amount, part.taxes, part.analytic)
            for part, amount in zip(option.template.parts, split.amounts, strict=True)
        )
        reasons = self._why(prediction, label, first) + option.reasons
        details = {**option.details, "label": label}
        if split.method != "whole":
            reasons += ((f"split_{split.method}", {}),)
            details["split"] = {"method": split.method, "support": list(split.support)}
        # Only first readings were measured; an alternative keeps its share.
        sure = prediction.confidence if first else option.share
        return self._reading(
            line,
            Coding(rows, Decimal(0), line.partner),
            sure * split.share,
            reasons,
            support=prediction.support if first else (0, 0),
            tier=prediction.tier,
            details=details,
        )

    def _why(self, prediction, label, first):
        counts = {known: (count, last) for known, count, last in prediction.history}
        total = sum(count for count, _last in counts.values())
        own = prediction.reasons if first else ()
        if label in counts and not any(code == "coded_before" for code, _values in own):
            count, last = counts[label]
            return (("coded_last", {"count": count, "total": total, "last": str(last), "labels": [label]}), *own)
        if not counts:
            return (("coded_alike", {"labels": [label]}), *own)
        return tuple(self._with_label(code, values, label) for code, values in own)

    def _with_label(self, code, values, label):
        if code != "coded_before":
            return code, values
        return (code if "since" in values else "coded_often"), {**values, "labels": [label]}

    # === WHAT MAY BE BOOKED === #

    def _allowed(self, line: CodingLine, template: Template, share: float) -> _Option | None:
        """The template as this company may book it now; None when an account or tax of it may not be used."""
        if any(not self._may_book(part) for part in template.parts):
            return None
        option = _Option(self._untaxed(template), share)
        if line.case.amount < 0 and not line.has_document:
            option = self._without_document(option)
        return option

    def _untaxed(self, template):
        """What settles a balance bears no tax: it was in the entry that made the balance."""
        balances = self.facts.balance_sheet
        if not any(part.taxes and part.account in balances for part in template.parts):
            return template
        return Template(tuple(replace(p, taxes=()) if p.account in balances else p for p in template.parts))

    def _may_book(self, part: Part) -> bool:
        facts = self.facts
        known = facts.accounts is None or part.account in facts.accounts
        taxes = facts.taxes is None or all(tax in facts.taxes for tax in part.taxes)
        return known and taxes and part.account not in facts.settings.forbidden

    def _without_document(self, option: _Option) -> _Option:
        """A purchase without a document claims no input VAT, or claims it and says that the receipt is missing."""
        settings = self.facts.settings
        claiming = {
            tax
            for part in option.template.parts
            if part.account not in settings.exempt_accounts
            for tax in part.taxes
            if (self.facts.taxes or {}).get(tax)
        }
        if not claiming:
            return option
        if settings.claims_without_document:
            return replace(
                option,
                reasons=(*option.reasons, ("receipt_missing", {})),
                details={**option.details, "receipt_missing": True},
            )
        parts = tuple(
            part
            if part.account in settings.exempt_accounts
            else replace(part, taxes=tuple(tax for tax in part.taxes if tax not in claiming))
            for part in option.template.parts
        )
        return replace(option, template=Template(parts), reasons=(*option.reasons, ("no_document", {})))

    # === READINGS === #

    def _reading(self, line, coding, confidence, reasons, details, **told):
        balances = self._before_and_after(line, coding)
        if balances:
            details = {**details, "balances": balances}
            reasons += tuple(
                (
                    "settles",
                    {
                        "labels": [Template((Part(row["account_id"]),)).label],
                        "before": row["before"],
                        "after": row["after"],
                    },
                )
                for row in balances
            )
        confidence = round(min(max(confidence, 0.0), 1.0), 6)
        return Reading(coding, self._case(coding), confidence, {}, reasons, details=details, **told)

    def _before_and_after(self, line, coding):
        """What stands on the balance-sheet accounts at the end of the line's day, without and with this coding."""
        found = []
        for row in coding.rows:
            balance = self.facts.balance_sheet.get(row.account)
            if balance:
                before = balance.at(line.case.date)
                after = before - self._worth(line, row.amount)
                found.append({"account_id": row.account, "before": str(before), "after": str(after)})
        return found

    def _worth(self, line, amount):
        """A part of the line's amount in the company's currency."""
        if line.worth is None or line.worth == line.case.amount:
            return amount
        unit = Decimal(1).scaleb(-self.facts.places.get(self.facts.settings.currency, 2))
        return (line.worth * amount / line.case.amount).quantize(unit)

    def _case(self, coding):
        if len(coding.rows) > 1:
            return "split"
        return "settles" if coding.rows[0].account in self.facts.balance_sheet else "coded"

    def _is_rejected(self, line, reading):
        rejected = self.facts.rejected.get(line.case.key)
        return bool(rejected) and reading.match.fingerprint() in rejected

    def _places(self, line):
        return self.facts.places.get(line.case.currency, 2)
