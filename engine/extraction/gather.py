"""The best candidate of each field, with what it was found by."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from . import address, dated, identity, numbered, parties, sums
from .candidate import Candidate, best
from .confidence import against, measured, scanned, told
from .currencies import CODES, meanings
from .identity import Mark
from .page import OCR, TEXT
from .paper import Paper
from .reading import Found

#: Signs that are told of each field; others only order its candidates.
_TOLD = {
    "vendor": frozenset({"form", "domain", "marks", "seller:left", "seller:above", "repeated", "top", "addressed"}),
    "date": None,
}
_CURRENCY_CODE = re.compile(r"(?<![^\W_])(" + "|".join(sorted(CODES)) + r")(?![^\W_])")
_TERM = re.compile(
    r"(?<![\w.,])(\d{1,3})\s*(?:DAYS?|TAGEN?|JOURS?|DAGEN|DAGER?|DAGAR|DIAS?|GIORNI|GG|DNI|DNU|DNI|DNIV?|PAIVAA|PV|NAPON?|ZILE|DANA|"
    r"GUN|ΗΜΕΡΕΣ|ΗΜΕΡΩΝ|ДНИ|ДНЕЙ|ДНІВ|PAEVA|DIENAS|DIENU|DIENOS|HARI)(?![^\W_])"
)


def gather(paper: Paper) -> tuple[dict[str, Found], dict[str, str]]:
    """The fields of a document, and the evidence of each."""
    found: dict[str, Found] = {}
    evidence: dict[str, str] = {}
    people = parties.collect(paper)
    candidates = {
        **numbered.candidates(paper),
        **dated.candidates(paper),
        "vendor": people.vendors,
        "buyer": people.buyers,
    }
    for name, all_ in candidates.items():
        winner = best(all_)
        if winner and winner.value:
            evidence[name] = _evidence(paper, name, winner, all_)
            found[name] = winner.found(measured(name, evidence[name]))
    _identify(paper, people, found, evidence)
    _locate(paper, people, found, evidence)
    money = sums.collect(paper)
    choice = sums.choose(paper, money)
    _money(choice, money, found, evidence)
    _currency(paper, money, choice, found, evidence)
    _terms(paper, found, evidence)
    return found, evidence


def _evidence(paper: Paper, name: str, winner: Candidate, candidates: Sequence[Candidate]) -> str:
    allowed = _TOLD.get(name)
    signs = winner.signs if allowed is None else winner.signs & allowed
    more = {against(winner, candidates), scanned(winner)}
    if name == "vendor" and paper.sheet.is_slip:
        more.add("slip")
    return told({*signs, *more})


def _add_mark(name: str, mark: Mark, signs: set[str], found: dict[str, Found], evidence: dict[str, str]) -> None:
    evidence[name] = told({*signs, "ocr" if mark.row.is_ocr else ""})
    source = OCR if mark.row.is_ocr else TEXT
    found[name] = Found(mark.value, mark.text, mark.box, measured(name, evidence[name]), source)


def _identify(paper: Paper, people: parties.Parties, found: dict[str, Found], evidence: dict[str, str]) -> None:
    """What identifies the vendor and the buyer."""
    own = paper.context.buyer
    marks = {
        "vendor_vat": people.vendor_vats,
        "buyer_vat": people.buyer_vats,
        "vendor_iban": [mark for mark in identity.ibans(paper) if mark.value not in own.ibans],
        "vendor_bic": identity.bics(paper),
        "vendor_email": [mark for mark in identity.emails(paper) if mark.value not in own.emails],
        "vendor_website": identity.sites(paper),
        "vendor_phone": identity.phones(paper),
        "vendor_registry": identity.registries(paper),
    }
    for name, all_ in marks.items():
        ordered = sorted(all_, key=lambda mark: not mark.is_checked)
        if ordered:
            first = ordered[0]
            several = len({mark.value for mark in all_}) > 1
            signs = {
                "checked" if first.is_checked else "",
                "labelled" if first.is_labelled else "",
                "several" if several else "",
            }
            _add_mark(name, first, signs, found, evidence)


def _locate(paper: Paper, people: parties.Parties, found: dict[str, Found], evidence: dict[str, str]) -> None:
    """The vendor's address and country."""
    vendor = best(people.vendors)
    place = address.of_vendor(paper, vendor) if vendor else {}
    for part, (value, row, start, end) in place.items():
        mark = Mark(value, row.text[start:end].replace("\t", " "), row, start, end, False)
        _add_mark(f"vendor_{part}", mark, {"vendor" if found["vendor"].confidence > 0.9 else ""}, found, evidence)
    values = [found[name].value if name in found else "" for name in ("vendor_vat", "vendor_iban", "vendor_country")]
    land = address.country(paper, *values)
    if land and "vendor_country" not in found:
        evidence["vendor_country"] = "computed"
        found["vendor_country"] = Found(land, "", None, measured("vendor_country", "computed"), "computed")


def _money(choice: sums.Choice, money: Sequence[sums.Sum], found: dict[str, Found], evidence: dict[str, str]) -> None:
    """Net, tax and total as they were chosen together; what was paid, withheld and is left to pay."""
    chosen = dict(choice.sums)
    if "withheld" in choice.signs and "total" in chosen:
        chosen["to_pay"] = chosen.pop("total")
        value = chosen["net"].value + chosen["tax"].value
        evidence["total"] = told({"withheld", "ocr" if chosen["net"].row.is_ocr else ""})
        found["total"] = Found(format(value, "f"), "", None, measured("total", evidence["total"]), "computed")
    for role in ("to_pay", "prepaid", "withheld"):
        rows = [one for one in money if one.role == role and f"{role}:row" in one.signs and one.weight >= 0.9]
        if rows and role not in chosen and rows[-1].value:
            chosen[role] = rows[-1]
    for name, one in chosen.items():
        candidate = one.candidate(1.0)
        signs = {*choice.signs, scanned(candidate)} if name in ("net", "tax", "total") else {scanned(candidate)}
        label = next((sign.split(":")[1] for sign in sorted(one.signs) if ":" in sign), "bare")
        evidence[name] = told({*signs, label})
        found[name] = candidate.found(measured(name, evidence[name]))


def _currency(
    paper: Paper,
    money: Sequence[sums.Sum],
    choice: sums.Choice,
    found: dict[str, Found],
    evidence: dict[str, str],
) -> None:
    """The currency beside the total, else the one that stands most often, else that of the vendor's country."""
    total = choice.sums.get("total")
    votes = Counter(one.currency for one in money if one.currency)
    printed = (total.currency if total else "") or max(sorted(votes), key=lambda text: votes[text], default="")
    codes = meanings(printed)
    land = found["vendor_country"].value if "vendor_country" in found else ""
    usual = address.CURRENCIES.get(land, "")
    sign = "amount" if codes else "word"
    if not codes:
        printed = _named(paper)
        codes = meanings(printed)
    if not codes and usual:
        codes, sign = (usual,), "country"
    if not codes:
        return
    code = usual if usual in codes else codes[0]
    several = {meaning for text in votes for meaning in meanings(text)[:1]} - {code}
    signs = {
        sign,
        "usual" if code == usual else "",
        "open" if len(codes) > 1 and code != usual else "",
        "several" if several else "",
    }
    evidence["currency"] = told(signs)
    source = "computed" if sign == "country" else OCR if paper.sheet.is_ocr else TEXT
    box = total.row.box_of(total.start, total.end) if total and total.currency and sign == "amount" else None
    found["currency"] = Found(code, printed, box, measured("currency", evidence["currency"]), source)


def _named(paper: Paper) -> str:
    """The ISO code that the document names most often; empty when it names none."""
    votes = Counter(_CURRENCY_CODE.findall(paper.folded))
    # "ALL" is a word as well.
    votes.pop("ALL", None)
    return max(sorted(votes), key=lambda code: votes[code], default="")


def _terms(paper: Paper, found: dict[str, Found], evidence: dict[str, str]) -> None:
    """Days to pay in words, with the sentence they stand in."""
    rows = sorted(paper.rows, key=lambda row: not any("terms" in label.roles for label in paper.labels[row.index]))
    for row in rows:
        match = _TERM.search(row.folded)
        if match and dated.is_about_paying(paper, row):
            chunk = row.chunk_at(match.start())
            text = row.chunk_text(chunk)
            evidence["terms"] = told({"days", "ocr" if row.is_ocr else ""})
            source = OCR if row.is_ocr else TEXT
            found["terms"] = Found(text, text, chunk.box, measured("terms", evidence["terms"]), source)
            return
