"""From words to a reading."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from . import address, checks, dated, identity, kinds, learned, lines, numbered, parties, sums
from .candidate import Candidate, best
from .context import Context
from .currencies import CODES, meanings
from .page import OCR, TEXT, Page
from .paper import Paper
from .paper import read as read_paper
from .reading import BILL, BOOKED_KINDS, CREDIT_NOTE, UNKNOWN, Found, Reading


def extract(pages: Sequence[Page], context: Context) -> Reading:
    """Read one document.

    :param pages: of one document, in order
    """
    paper = read_paper(pages, context)
    kind, reasons = kinds.tell(paper)
    fields: dict[str, Found] = {}
    _add(fields, numbered.candidates(paper))
    _add(fields, dated.candidates(paper))
    money = sums.collect(paper)
    choice = sums.choose(paper, money)
    for name, one in choice.sums.items():
        fields[name] = one.candidate(choice.score).found(0.5)
    people = parties.collect(paper)
    _add(fields, {"vendor": people.vendors, "buyer": people.buyers})
    _identify(paper, people, fields)
    _locate(paper, people, fields)
    _currency(paper, money, choice, fields)
    if kind == UNKNOWN and "total" in fields:
        kind = BILL
    fields = {name: found for name, found in fields.items() if found.value}
    if kind in BOOKED_KINDS and "total" in fields and Decimal(fields["total"].value) < 0:
        kind, reasons = CREDIT_NOTE, (*reasons, ("negative", {}))
    if kind == CREDIT_NOTE:
        fields = _as_positive(fields)
    reading = Reading(kind, fields, reasons=reasons, language=paper.language)
    reading = learned.apply(pages, lines.read_items(pages, reading), context)
    return replace(reading, problems=checks.problems(reading, context))


def _add(fields: dict[str, Found], candidates: dict[str, list[Candidate]]) -> None:
    for name, found in candidates.items():
        winner = best(found)
        if winner:
            fields[name] = winner.found(0.5)


def _identify(paper: Paper, people: parties.Parties, fields: dict[str, Found]) -> None:
    source = OCR if paper.sheet.is_ocr else TEXT
    own = paper.context.buyer
    marks = {
        "vendor_vat": people.vendor_vats,
        "buyer_vat": people.buyer_vats,
        "vendor_iban": [mark for mark in identity.ibans(paper) if mark.value not in own.ibans],
        "vendor_bic": identity.bics(paper),
        "vendor_email": [mark for mark in identity.emails(paper) if mark.value not in own.emails],
        "vendor_website": identity.sites(paper),
        "vendor_phone": identity.phones(paper),
    }
    for name, found in marks.items():
        ordered = sorted(found, key=lambda mark: not mark.is_checked)
        if ordered:
            mark = ordered[0]
            fields[name] = Found(mark.value, mark.text, mark.box, 0.5, source)


def _currency(paper: Paper, money: list[sums.Sum], choice: sums.Choice, fields: dict[str, Found]) -> None:
    """The currency beside the total, else the one that stands most often beside amounts."""
    printed = choice.sums["total"].currency if "total" in choice.sums else ""
    votes: dict[str, int] = {}
    for one in money:
        if one.currency:
            votes[one.currency] = votes.get(one.currency, 0) + 1
    told = printed or max(votes, key=lambda text: votes[text], default="")
    codes = meanings(told)
    land = fields["vendor_country"].value if "vendor_country" in fields else ""
    usual = address.CURRENCIES.get(land, "")
    if not codes:
        words = currency_words(paper)
        codes = meanings(words) if words else ((usual,) if usual else ())
        told = words
    if codes:
        code = usual if usual in codes else codes[0]
        fields["currency"] = Found(code, told, None, 0.5, TEXT if told else "computed")


_CURRENCY_CODE = re.compile(r"(?<![^\W_])(" + "|".join(sorted(CODES)) + r")(?![^\W_])")


def currency_words(paper: Paper) -> str:
    """The ISO code that the document names most often; empty when it names none."""
    votes = Counter(_CURRENCY_CODE.findall(paper.folded))
    # "ALL" and "TOP" are words as well.
    votes.pop("ALL", None)
    return max(sorted(votes), key=lambda code: votes[code], default="")


def _locate(paper: Paper, people: parties.Parties, fields: dict[str, Found]) -> None:
    """The vendor's address and country."""
    source = OCR if paper.sheet.is_ocr else TEXT
    vendor = best(people.vendors)
    told = address.of_vendor(paper, vendor) if vendor else {}
    for name, (value, row, start, end) in told.items():
        fields[f"vendor_{name}"] = Found(
            value, row.text[start:end].replace("\t", " "), row.box_of(start, end), 0.5, source
        )
    values = [fields[name].value if name in fields else "" for name in ("vendor_vat", "vendor_iban", "vendor_country")]
    land = address.country(paper, *values)
    if land and "vendor_country" not in fields:
        fields["vendor_country"] = Found(land, "", None, 0.5, "computed")


def _as_positive(fields: dict[str, Found]) -> dict[str, Found]:
    """A credit note's sums without their sign: its kind says which way they go."""
    names = ("net", "tax", "total", "to_pay")
    return {
        name: replace(found, value=found.value.lstrip("-")) if name in names else found
        for name, found in fields.items()
    }
