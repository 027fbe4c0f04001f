"""What can be told by its own checksum or form: VAT ids, IBANs, BICs, phones, mail addresses, sites."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from stdnum import get_cc_module
from stdnum import iban as iban_numbers
from stdnum.eu import vat as eu_vat
from stdnum.exceptions import ValidationError

from ..text import fold
from .page import Box
from .paper import Paper
from .sheet import COLUMN, Row

#: Letters that scans take for digits; a checksum tells whether they were.
_DIGITS = str.maketrans("OQILSBGZ", "00115862")
#: Looked at from every place, for a VAT id before an IBAN looks like the beginning of one.
_IBAN = re.compile(r"(?<![A-Z0-9])(?=([A-Z]{2}\s?[0-9OILSBGZQ]{2}(?:[\s.-]?[A-Z0-9]){10,32}))")
_BIC = re.compile(r"(?<![A-Z0-9])[A-Z]{4}\s?[A-Z]{2}\s?[A-Z0-9]{2}(?:\s?[A-Z0-9]{3})?(?![A-Z0-9])")
_EU = re.compile(
    r"(?<![A-Z0-9])(ATU|BE|BG|CY|CZ|DE|DK|EE|EL|GR|ES|FI|FR|HR|HU|IE|IT|LT|LU|LV|MT|NL|PL|PT|RO|SE|SI|SK|GB|XI|CHE|NO)"
    r"[\s.:-]?((?:[A-Z0-9+*][\s./-]?){7,15}[A-Z0-9])(?:\s?(MWST|TVA|IVA|MVA))?(?![A-Z0-9])"
)
_CODE = re.compile(r"[A-Z0-9][A-Z0-9./ -]{5,24}[A-Z0-9]")
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_SITE = re.compile(
    r"(?<![@\w.-])(?:https?://)?((?:www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*\."
    r"(?:com|net|org|eu|info|biz|io|de|at|ch|fr|be|nl|lu|es|pt|it|pl|cz|sk|se|dk|no|fi|hu|ro|hr|si|rs|tr|gr|bg|ee|lv|lt|"
    r"uk|ie|us|ca|mx|br|ar|cl|co|in|au|nz|sg|my|hk|za|ae|id|shop|online|app|cat))(?![\w@-])",
    re.IGNORECASE,
)
_PHONE = re.compile(r"\+?\(?\d[\d\s()./\-–]{6,20}\d")


@dataclass(frozen=True)
class Mark:
    """A value that identifies somebody, where it stands and by which label."""

    value: str
    text: str
    row: Row
    start: int
    end: int
    is_checked: bool
    is_labelled: bool = True

    @property
    def box(self) -> Box:
        return self.row.box_of(self.start, self.end)


def ibans(paper: Paper) -> list[Mark]:
    """IBANs whose checksum holds; also those that a scan misread in a letter O or I."""
    found = []
    for row in paper.rows:
        for match in _IBAN.finditer(row.folded):
            hit = _iban(match.group(1))
            if hit:
                value, length = hit
                end = match.start() + length
                found.append(Mark(value, row.text[match.start() : end], row, match.start(), end, True))
    return found


def _iban(text: str) -> tuple[str, int] | None:
    """The longest beginning of ``text`` that is a valid IBAN, and how many of its characters that is."""
    flat, places = [], []
    for place, char in enumerate(text):
        if char.isalnum():
            flat.append(char)
            places.append(place)
    code = "".join(flat)
    length = iban_length(code[:2])
    # A bank's code of letters is as long as four; some countries have none.
    for kept in (len(code), 8, 4, 2):
        cut = (code[:2] + code[2:4].translate(_DIGITS) + code[4:kept] + code[kept:].translate(_DIGITS))[:length]
        if length and len(cut) == length and _is_iban(cut):
            return cut, places[length - 1] + 1
    return None


def _is_iban(code: str) -> bool:
    try:
        iban_numbers.validate(code, check_country=False)
    except ValidationError:
        return False
    return True


#: Letters and digits of an IBAN per country (SWIFT registry, release 98).
_LENGTHS = """
    AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 EG29 ES24
    FI18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32
    LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MR27 MT31 MU30 NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22
    SA24 SC31 SE24 SI19 SK24 SM27 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20
"""
_LENGTH = {code[:2]: int(code[2:]) for code in _LENGTHS.split()}


def iban_length(country: str) -> int:
    """How long an IBAN of a country is; 0 where there are none."""
    return _LENGTH.get(country, 0)


def bics(paper: Paper) -> list[Mark]:
    """BICs behind their label."""
    found = []
    for row in paper.rows:
        for label in paper.labels[row.index]:
            if "bic" not in label.roles:
                continue
            match = _BIC.search(row.folded, label.end)
            if match and match.start() - label.end <= 12:
                value = re.sub(r"\s", "", match.group())
                found.append(Mark(value, row.text[match.start() : match.end()], row, match.start(), match.end(), True))
    return found


def vat_ids(paper: Paper) -> list[Mark]:
    """VAT ids of the European Union by their form and checksum, others by their label."""
    found: list[Mark] = []
    for row in paper.rows:
        for match in _EU.finditer(row.folded):
            hit = _eu_vat(match)
            if hit and not _is_inside_iban(row, match.start()):
                value, end, is_checked = hit
                label = _label_before(paper, row, match.start())
                if is_checked or label:
                    text = row.text[match.start() : end]
                    found.append(Mark(value, text, row, match.start(), end, is_checked, bool(label)))
        found.extend(_labelled_codes(paper, row, found))
    return found


def _eu_vat(match: re.Match[str]) -> tuple[str, int, bool] | None:
    """The id, where it ends, and whether its checksum holds; shorter readings are tried when the longest one fails."""
    text = match.group()
    ends = [place for place in range(len(text), 8, -1) if text[place - 1].isalnum()]
    longest = re.sub(r"[^A-Z0-9+*]", "", text)
    for end in ends:
        code = re.sub(r"[^A-Z0-9+*]", "", text[:end])
        for tried in (code, code[:2] + code[2:].translate(_DIGITS)):
            if _is_vat(tried):
                return tried, match.start() + end, True
    first = re.split(r"\s", match.group(2).strip())[0]
    if sum(map(str.isdigit, longest)) >= 7 and sum(map(str.isdigit, first)) >= 6:
        return longest[:16], match.end(), False
    return None


def _is_vat(code: str) -> bool:
    if code.startswith("CHE"):
        return _is_valid("ch.uid", code[:12])
    if code.startswith("NO"):
        return _is_valid("no.mva", code) or _is_valid("no.orgnr", code[2:11])
    if code.startswith(("GB", "XI")):
        return _is_valid("gb.vat", code[2:])
    try:
        return bool(eu_vat.is_valid("EL" + code[2:] if code.startswith("GR") else code))
    except (ValidationError, ValueError):
        return False


def _is_valid(name: str, code: str) -> bool:
    country, kind = name.split(".")
    try:
        return bool(get_cc_module(country, kind).is_valid(code))
    except (ValidationError, ValueError):
        return False


def _is_inside_iban(row: Row, place: int) -> bool:
    for match in _IBAN.finditer(row.folded):
        hit = _iban(match.group(1))
        if hit and match.start() <= place < match.start() + hit[1]:
            return True
    return False


def _label_before(paper: Paper, row: Row, place: int) -> bool:
    before = paper.left(row, place)
    return bool(before and "vat" in before.label.roles)


def _labelled_codes(paper: Paper, row: Row, known: list[Mark]) -> Iterator[Mark]:
    for label in paper.labels[row.index]:
        if not {"vat"} <= label.roles:
            continue
        text, place = paper.text_after(row, label)
        chunk = paper.next_chunk(row, label.end)
        if not text.strip(" :.#-") and chunk:
            text, place = row.chunk_text(chunk), chunk.start
        match = _CODE.search(fold(text).replace(COLUMN, "\n"))
        if not match or match.start() > 14 or sum(map(str.isdigit, match.group())) < 6:
            continue
        start, end = place + match.start(), place + match.end()
        if any(mark.row is row and mark.start < end and mark.end > start for mark in known):
            continue
        value = re.sub(r"[^A-Z0-9]", "", match.group())
        yield Mark(value, row.text[start:end], row, start, end, False)


def registries(paper: Paper) -> list[Mark]:
    """Numbers in the register of companies, behind their label."""
    found = []
    for row in paper.rows:
        for label in paper.labels[row.index]:
            if "registry" not in label.roles or "vat" in label.roles:
                continue
            text, place = paper.text_after(row, label)
            match = re.match(r"[\s:.#º°-]*([A-Z]{0,4}[\s-]?\d[\d\s./-]{3,16}\d)", fold(text))
            if match:
                start, end = place + match.start(1), place + match.end(1)
                found.append(Mark(row.text[start:end].strip(), row.text[start:end], row, start, end, False))
    return found


def emails(paper: Paper) -> list[Mark]:
    return [_mark(row, match, 0) for row in paper.rows for match in _EMAIL.finditer(row.text)]


def sites(paper: Paper) -> list[Mark]:
    return [_mark(row, match, 1) for row in paper.rows for match in _SITE.finditer(row.text)]


def _mark(row: Row, match: re.Match[str], group: int) -> Mark:
    return Mark(match.group(group).lower().rstrip("."), match.group(), row, match.start(), match.end(), True)


def phones(paper: Paper) -> list[Mark]:
    """Phone numbers behind their label, or by their international prefix."""
    found = []
    for row in paper.rows:
        for match in re.finditer(r"(?<![\w+])\+\d[\d\s()./-]{7,18}\d(?!\d)", row.text.replace(COLUMN, "\n")):
            found.append(_mark(row, match, 0))
        for label in paper.labels[row.index]:
            if "phone" in label.roles:
                match = _PHONE.search(row.text.replace(COLUMN, "\n"), label.end)
                if match and match.start() - label.end <= 8:
                    found.append(_mark(row, match, 0))
    return found
