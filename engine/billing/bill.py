"""From a reading to a complete bill: one answer a draft, with what speaks for each part of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from ..extraction.reading import BOOKED_KINDS, CREDIT_NOTE, RECEIPT, UNKNOWN, Reading
from ..proposal import Answer
from ..proposal import Reading as Choice
from .amounts import ROUNDING_MOST, Totals, bases, totals, upright
from .facts import BillFacts, Draft, Party
from .lines import TIERS, Line, Told, coded, day_of, lines_of
from .taxes import Reason

VERSION = 1
#: What can't be told is shown to a person as a bill, not put away.
KINDS = (*BOOKED_KINDS, UNKNOWN)
MOVE_TYPES = {CREDIT_NOTE: "in_refund", RECEIPT: "in_receipt"}
#: Without these nothing can be booked; how sure a bill is, is how sure they are.
NEEDED = ("total", "date")
WEIGHED = (*NEEDED, "number")
#: Fields of the reading and of the proposal that stand for the same.
HEADER = {
    "ref": "number",
    "invoice_date": "date",
    "invoice_date_due": "due_date",
    "payment_reference": "payment_reference",
    "iban": "vendor_iban",
    "origin": "order_reference",
    "service_from": "service_from",
    "service_to": "service_to",
}
#: Codes of what keeps a bill from being booked until somebody says it.
MISSING = ("vendor_missing", "date_missing", "total_missing", "lines_missing", "rate_missing", "sum_differs")


@dataclass(frozen=True, slots=True)
class Bill:
    """What accepting would write on the draft: ``ai.suggestion.proposal`` of kind ``bill_document``."""

    move_type: str
    party: Party
    header: Mapping[str, str]
    currency: str
    totals: Totals
    lines: tuple[Line, ...]
    term: int | None = None
    day: str = ""
    told: tuple[Told, ...] = field(default=(), compare=False)

    @property
    def partner(self) -> int | None:
        return self.party.partner

    def to_json(self) -> dict[str, Any]:
        position = self.party.position
        told: dict[str, Any] = {
            "version": VERSION,
            "move_type": self.move_type,
            "partner_id": self.party.partner,
            **{name: self.header[name] for name in HEADER if self.header.get(name)},
            "currency": self.currency,
            "fiscal_position_id": position.key if position else None,
            "net": str(self.totals.net),
            "tax": str(self.totals.tax or 0),
            "total": str(self.totals.payable),
            "lines": [line.to_json() for line in self.lines],
        }
        if self.party.is_new and not self.party.partner:
            told["partner"] = {name: value for name, value in self.party.proposed.items() if value}
        if self.term:
            told["payment_term_id"] = self.term
        if self.day:
            told["date"] = self.day
        return told

    def fingerprint(self) -> str:
        return fingerprint(self.to_json())


def fingerprint(proposal: Mapping[str, Any]) -> str:
    """SHA-256 over what would be booked; labels and texts of lines count for nothing."""
    left_out = ("version", "lines", "net", "tax")
    core = {name: value for name, value in proposal.items() if name not in left_out and value}
    told = ("account_id", "amount", "tax_ids", "analytic_distribution", "deductible", "product_id")
    core["lines"] = [{name: line[name] for name in told if line.get(name)} for line in proposal.get("lines") or ()]
    return hashlib.sha256(json.dumps(core, sort_keys=True, default=str).encode()).hexdigest()


def propose(facts: BillFacts) -> tuple[Answer, ...]:
    """One answer a draft, in their order: ``proposed``, ``asked`` (which vendor), or ``nothing`` for no bill."""
    wanted = []
    for draft in facts.drafts:
        if draft.reading.kind not in KINDS:
            continue
        draft = replace(draft, reading=upright(draft.reading))
        found = totals(draft.reading)
        parts, how = bases(draft.reading, found, _places(facts, draft)) if found else ((), "")
        for place, party in enumerate(draft.parties):
            wanted.append((draft, party, draft.defaults[place], found, parts, how))
    answers = coded(facts, [(draft, party, parts) for draft, party, _default, _found, parts, _how in wanted])
    choices: dict[int, list[Choice]] = {}
    for (draft, party, default, found, parts, how), told in zip(wanted, answers, strict=True):
        choice = _choice(facts, draft, party, default, found, parts, how, told)
        choices.setdefault(draft.key, []).append(choice)
    return tuple(_answer(draft, choices.get(draft.key, [])) for draft in facts.drafts)


def _answer(draft: Draft, choices: list[Choice]) -> Answer:
    choices = [choice for choice in choices if choice.match.fingerprint() not in draft.rejected]
    if not choices:
        return Answer(draft.key, "nothing", (), 0.0, (("no_bill", {"kind": draft.reading.kind}),))
    if draft.is_asked and len(choices) > 1:
        margin = choices[0].confidence - choices[1].confidence
        return Answer(draft.key, "asked", tuple(choices), max(margin, 0.0), (("vendor_several", {}),))
    first = choices[0]
    return Answer(draft.key, "proposed", (first,), first.confidence, (), first.match.partner)


def _places(facts: BillFacts, draft: Draft) -> int:
    return facts.settings.places.get(draft.currency, 2)


def _choice(facts, draft, party, default, found, parts, how, answers) -> Choice:
    lines, told, said = [], [], []
    if found:
        lines, told, said = lines_of(facts, draft, party, default, found, parts, answers)
    reasons = [*party.reasons, *_sum_reasons(facts, draft, found, lines, how), *said]
    header = _header(draft.reading)
    term = party.term if not header.get("invoice_date_due") else None
    day = draft.open_day.isoformat() if draft.open_day and draft.open_day > day_of(draft) else ""
    bill = Bill(
        MOVE_TYPES.get(draft.reading.kind, "in_invoice"),
        party,
        header,
        draft.currency,
        found or Totals(Decimal(0), None, Decimal(0)),
        tuple(lines),
        term,
        day,
        tuple(told),
    )
    if day:
        reasons.append(("redated", {"date": day}))
    reasons += [(code, {}) for code in missing(bill.to_json())]
    if not draft.has_rate:
        reasons.append(("rate_missing", {"currency": draft.currency, "date": header.get("invoice_date", "")}))
    tier = max((line.tier for line in told), key=TIERS.index, default="prediction")
    return Choice(
        bill,
        "bill",
        confidence(draft.reading, party, told, reasons),
        {},
        _once(reasons),
        support=min((line.support for line in told), key=lambda pair: pair[0], default=(0, 0)),
        tier=tier,
        rule=next((line.rule for line in told if line.rule), None),
        details={"lines": [line.to_json() for line in told], "how": how},
    )


def _once(reasons: list[Reason]) -> tuple[Reason, ...]:
    return tuple(reason for place, reason in enumerate(reasons) if reason not in reasons[:place])


def _header(reading: Reading) -> dict[str, str]:
    return {name: reading.value(told) for name, told in HEADER.items() if reading.value(told)}


def missing(proposal: Mapping[str, Any]) -> list[str]:
    """Codes of what a proposal lacks to be booked."""
    found = []
    if not proposal.get("partner_id") and not (proposal.get("partner") or {}).get("name"):
        found.append("vendor_missing")
    if not proposal.get("invoice_date"):
        found.append("date_missing")
    if not proposal.get("total") or not Decimal(proposal["total"]):
        found.append("total_missing")
    if not proposal.get("lines") or any(not line.get("account_id") for line in proposal["lines"]):
        found.append("lines_missing")
    return found


# === THE WHOLE === #


def tax_of(lines, taxes, places: int) -> Decimal:
    """What Odoo would add to the sum of the lines: tax by tax on the sum of its bases, rounded once each.

    :param lines: ``Line``
    :param taxes: {tax: ``BillTax``}
    """
    unit = Decimal(1).scaleb(-places)
    sums: dict[int, Decimal] = {}
    for line in lines:
        for tax in line.taxes:
            sums[tax] = sums.get(tax, Decimal(0)) + line.amount
    return sum(
        (
            (base * taxes[tax].rate / 100).quantize(unit, rounding=ROUND_HALF_UP)
            for tax, base in sums.items()
            if tax in taxes
        ),
        Decimal(0),
    )


def _sum_reasons(facts, draft, found, lines, how) -> list[Reason]:
    """Whether lines and their taxes make what is to be paid; a few cents the entry takes into its tax."""
    if not found or not lines:
        return []
    said: list[Reason] = [("summed", {})] if how == "rates" and len(draft.reading.items) > 0 else []
    if any(tax in facts.taxes and facts.taxes[tax].is_fixed for line in lines for tax in line.taxes):
        return said
    made = sum((line.amount for line in lines), Decimal(0)) + tax_of(lines, facts.taxes, _places(facts, draft))
    rest = found.payable - made
    if abs(rest) > max(ROUNDING_MOST, Decimal("0.01") * len(lines)):
        return [*said, ("sum_differs", {"made": str(made), "total": str(found.payable)})]
    return [*said, ("adds_up", {})]


def confidence(reading: Reading, party: Party, told: list[Told], reasons: list[Reason]) -> float:
    """The measured confidence that the whole bill is right: its parts are read and coded apart from each other, so it
    is their product; lines by the least sure of them. 0 where something is missing."""
    if any(code in MISSING for code, _values in reasons):
        return 0.0
    found = party.confidence
    for name in WEIGHED:
        known = reading.fields.get(name)
        # A person may have said that there is none.
        if known and known.value:
            found *= known.confidence if known.source != "person" else 1.0
        elif name in NEEDED:
            found *= 0.5
    return round(found * min((line.confidence for line in told), default=0.0), 6)


# === TOLD BY OTHERS === #


def normalised(proposal: Mapping[str, Any], places: int) -> dict[str, Any]:
    """A proposal that fits the schema in the form that is stored: blanks left out, amounts in one spelling; net, tax
    and total that were not told are those of the lines, as far as they can be known without taxes."""
    unit = Decimal(1).scaleb(-places)
    kept = {name: value for name, value in proposal.items() if value not in (None, False, "", [], {})}
    for name in ("net", "tax", "total"):
        if name in kept:
            kept[name] = str(Decimal(kept[name]).quantize(unit))
    for name in ("ref", "payment_reference", "origin"):
        if name in kept:
            kept[name] = " ".join(kept[name].split())
    if kept.get("iban"):
        kept["iban"] = "".join(kept["iban"].split()).upper()
    if kept.get("currency"):
        kept["currency"] = kept["currency"].upper()
    if kept.get("partner_id"):
        kept.pop("partner", None)
    kept["lines"] = [_normal_line(line, unit) for line in proposal.get("lines") or ()]
    return {"version": VERSION, "move_type": "in_invoice", "partner_id": None, **kept}


def _normal_line(line: Mapping[str, Any], unit: Decimal) -> dict[str, Any]:
    kept = {name: value for name, value in line.items() if value not in (None, False, "")}
    kept["amount"] = str(Decimal(kept["amount"]).quantize(unit))
    kept.setdefault("label", "")
    kept.setdefault("tax_ids", [])
    if kept.get("deductible") in (100, 100.0):
        kept.pop("deductible")
    return kept


def too_fine(proposal: Mapping[str, Any], places: int) -> list[str]:
    """Paths of the amounts that have more than ``places`` decimals."""
    unit = Decimal(1).scaleb(-places)
    told = {name: proposal[name] for name in ("net", "tax", "total") if proposal.get(name)}
    told |= {f"lines[{number}].amount": line["amount"] for number, line in enumerate(proposal.get("lines") or ())}
    return [path for path, value in told.items() if Decimal(value) % unit]
