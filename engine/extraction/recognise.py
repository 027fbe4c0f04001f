"""Whether a document comes from a vendor whose layout is known: by what identifies him, else by his usual words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..slips import slips
from ..text import core_name, fold, squeeze
from .context import Context
from .layout import Layout
from .reading import Reading
from .rows import Row

#: Fields that identify a vendor when they stand on the page, with how much they say.
MARKS = {
    "vendor_vat": 1.0,
    "vendor_iban": 0.95,
    "vendor_registry": 0.95,
    "vendor_email": 0.9,
    "vendor_website": 0.9,
    "vendor_phone": 0.85,
    "vendor": 0.8,
}
#: Below, a document is nobody's that is known.
ENOUGH = 0.6
#: From here on something that identifies the vendor stands on the page; below, only his usual words do.
BY_SIGN = 0.66
#: A vendor's name that was read at least so surely speaks against another vendor's words.
_READ = 0.8
#: Two layouts nearer than this: none is believed.
MARGIN = 0.01
#: This part of a vendor's usual words stands on each of his documents.
_WORDS = 0.72
_FEWEST_WORDS = 12
_MOST_WORDS = 200
_SHORTEST = 5
_TELLING = 11


def words_of(rows: Sequence[Row]) -> set[str]:
    """Words of letters only: those that stand on every document of a vendor are among them."""
    return {word for row in rows for word in re.findall(r"[^\W\d_]{3,}", fold(row.text))}


def marks_of(rows: Sequence[Row], reading: Reading, context: Context) -> dict[str, str]:
    """{field: what identifies the vendor and stands on the page}"""
    text = squeeze(" ".join(row.text for row in rows))
    own = {squeeze(context.buyer.vat), *(squeeze(iban) for iban in context.buyer.ibans)}
    own |= {squeeze(mail) for mail in context.buyer.emails}
    found = {}
    for name in MARKS:
        mark = _mark(name, reading.value(name))
        if len(mark) >= _SHORTEST and mark in text and mark not in own:
            found[name] = mark
    return found


def _mark(name: str, value: str) -> str:
    if name == "vendor":
        core = core_name(value)
        # A single word may be a street's or a town's too: only with its legal form is it a name.
        return "".join(core) if len(core) > 1 or len("".join(core)) >= _TELLING else squeeze(value)
    if name == "vendor_phone":
        # With or without its country, a number ends the same.
        return re.sub(r"\D", "", value)[-8:]
    if name == "vendor_website":
        return squeeze(re.sub(r"^\w+://|^www\.|/.*$", "", value.lower()))
    return squeeze(value)


def recognise(rows: Sequence[Row], reading: Reading, context: Context, is_scan: bool) -> tuple[Layout, float] | None:
    """(layout of the vendor whose document it is, how surely), None when there is none, or two."""
    text = squeeze(" ".join(row.text for row in rows))
    words = words_of(rows)
    scored = sorted(
        ((_score(layout.data, text, words, reading, is_scan), index) for index, layout in enumerate(context.layouts)),
        reverse=True,
    )
    if not scored or scored[0][0] < ENOUGH:
        return None
    score, index = scored[0]
    if len(scored) > 1 and score - scored[1][0] < MARGIN:
        return None
    return context.layouts[index], score


def _score(data: Mapping[str, Any], text: str, words: set[str], reading: Reading, is_scan: bool) -> float:
    marks = data.get("marks", {})
    vat = squeeze(reading.value("vendor_vat"))
    if vat and marks.get("vendor_vat") and marks["vendor_vat"] != vat and not is_scan:
        return 0.0
    share = _share(data.get("words", {}), words)
    signs = [name for name, mark in marks.items() if mark in text or is_scan and _nearly_in(mark, text)]
    if signs:
        # Who else is named on a bill (customer, factor, marketplace) shares a sign: further signs, the usual words,
        # who stands higher up and what was read as the vendor decide.
        best = max(MARKS[name] for name in signs)
        said = any(_mark(name, reading.value(name)) == marks[name] for name in signs)
        height = 1 - min(max(text.find(marks[name]), 0) for name in signs) / max(len(text), 1)
        return 0.6 * best + 0.1 * min(len(signs) / 3, 1.0) + 0.05 * share + 0.1 * said + 0.15 * height
    if marks and not is_scan:
        # Another vendor with the same program writes the same words: without what identifies this one, it is not his.
        return 0.0
    vendor = reading.fields.get("vendor")
    if vendor and vendor.confidence >= _READ and marks.get("vendor") not in (None, _mark("vendor", vendor.value)):
        return 0.0
    usual = [word for word, count in data.get("words", {}).items() if count * 2 > data.get("seen", 1)]
    # Words alone never outweigh a sign: shops with the same till print the same words.
    return ENOUGH + (share - _WORDS) / 5 if share >= _WORDS and len(usual) >= _FEWEST_WORDS else 0.0


def _share(known: Mapping[str, int], words: set[str]) -> float:
    """Part of the vendor's usual words that stand here, each counted by how often it stood before."""
    total = sum(known.values())
    return sum(count for word, count in known.items() if word in words) / total if total else 0.0


def _nearly_in(mark: str, text: str) -> bool:
    """Whether a scan has the mark with one slip: only for long ones, at every place where a part of it stands."""
    if len(mark) < 8:
        return False
    half = len(mark) // 2
    return any(
        slips(mark, text[place : place + len(mark)], 1) <= 1
        for part, before in ((mark[:half], 0), (mark[half:], half))
        for place in (start - before for start in _places(part, text))
        if place >= 0
    )


def _places(part: str, text: str) -> Iterator[int]:
    start = text.find(part)
    while start >= 0:
        yield start
        start = text.find(part, start + 1)


def usual_words(known: Mapping[str, int], words: set[str]) -> dict[str, int]:
    """The counts after one more document; the commonest are kept."""
    counts = Counter(known)
    counts.update(words)
    return dict(sorted(counts.items(), key=lambda row: (-row[1], row[0]))[:_MOST_WORDS])
