"""What people's corrections taught about a vendor's documents, and how the next one is read with it.

``Layout.data`` is ``{"version", "seen", "marks", "words", "day_first", "fields"}``; ``fields`` maps a name to
``{"anchors": [...], "constant", "days", "absent", "seen", "corrected"}``. What is the vendor's own (name, address) is
kept as a value; what changes from bill to bill is kept as anchors (``anchors.py``), each with its record of hits and
misses. A bank account is never kept as a value: it counts only as far as it is printed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import product
from typing import Any

from ..text import squeeze
from . import days
from .anchors import Sheet, Span, anchor, likeness, plain, reliability, spans, with_reading_order
from .context import Context
from .figures import decimal_mark
from .layout import Layout
from .lines import read_items
from .normalise import normalise
from .page import OCR, Page
from .reading import AMOUNT_FIELDS, CREDIT_NOTE, DATE_FIELDS, FIELDS, Found, Reading
from .recognise import BY_SIGN, marks_of, recognise, usual_words, words_of
from .rows import rows

VERSION = 1
#: The vendor's own, the same on each of his documents.
CONSTANT = (
    "vendor",
    "vendor_vat",
    "vendor_registry",
    "vendor_phone",
    "vendor_email",
    "vendor_website",
    "vendor_street",
    "vendor_zip",
    "vendor_city",
    "vendor_country",
)
#: Read anew from each document.
CHANGING = tuple(name for name in FIELDS if name not in (*CONSTANT, "currency", "buyer", "buyer_vat"))
#: A place is believed from here on: where people corrected what was read, and where they never had to.
AFTER_CORRECTION, OTHERWISE = 0.45, 0.8
#: Anchors of one field, and places of one value that are learned from one document.
_MOST_ANCHORS, _MOST_PLACES = 8, 4
#: Of a value that stands everywhere, the first places.
_MANY = 300
_LONGEST_TERM = 400  # days
#: Places less like than this are nobody's; two that are nearer than this are as like as each other.
_UNLIKE, _NEARLY = 0.3, 0.12
#: Where people corrected what was read, that decides only between places that are the same.
_NEARLY_CORRECTED = 0.03
#: So many values of net, tax and total are tried together.
_TRIED = 6
#: Net and total are believed against a tax from here on.
_SETTLED = 0.9


# === READING === #


def apply(pages: Sequence[Page], reading: Reading, context: Context) -> Reading:
    """``reading`` with the fields that a known layout says where to find; reason ``layout`` when there is one."""
    if not context.layouts:
        return reading
    found = rows(pages)
    is_scan = any(page.source == OCR for page in pages)
    known = recognise(found, reading, context, is_scan)
    if known is None:
        return reading
    layout, score = known
    context = with_reading_order(context, layout.data)
    sheet = Sheet(found, decimal_mark(found))
    fields = dict(reading.fields)
    text = squeeze(" ".join(row.text for row in found))
    known_fields = layout.data["fields"]
    choices = _choices(known_fields, sheet, reading, context, is_scan)
    for name, told in known_fields.items():
        before = reading.fields.get(name)
        value = (
            _constant(name, told, before, text, score)
            if told.get("constant")
            else _value(told, before, choices.get(name, ()))
        )
        if value is not None:
            fields[name] = value
        elif told.get("absent") and _never_there(told):
            fields.pop(name, None)
    _add_days(layout, fields, score)
    _add_rest(layout, fields)
    changed = sorted(name for name, value in fields.items() if value != reading.fields.get(name))
    reasons = (*reading.reasons, ("layout", {"key": layout.key, "seen": layout.data["seen"], "fields": changed}))
    reading = replace(reading, fields=fields, reasons=reasons)
    return _with_lines(pages, reading) if set(changed) & {"net", "tax", "total"} else reading


def _with_lines(pages: Sequence[Page], reading: Reading) -> Reading:
    """Lines and taxes as they add up to the amounts that are known now."""
    found = read_items(pages, replace(reading, items=(), taxes=()))
    return found if found.items else replace(found, items=reading.items, is_gross=reading.is_gross)


@dataclass(frozen=True, slots=True)
class _Choice:
    """A value that a field may have: ``likely`` 0..1 that it is meant; ``is_close``: another is nearly as likely."""

    span: Span
    value: str
    likely: float
    is_close: bool = False


def _choices(
    known: Mapping[str, Mapping[str, Any]], sheet: Sheet, reading: Reading, context: Context, is_scan: bool
) -> dict[str, tuple[_Choice, ...]]:
    """{field: values that it may have, the likeliest first}; sums that add up go before those that don't."""
    read = _reader(reading, context)
    found = {}
    for name, told in known.items():
        if told.get("anchors") and not told.get("constant"):
            ranked = ranked_spans(name, told, sheet, read, is_scan)
            if name in AMOUNT_FIELDS and reading.kind == CREDIT_NOTE:
                # A credit note's amounts have no sign: its kind says which way they go.
                ranked = [(likely, span, value.lstrip("-")) for likely, span, value in ranked]
            near = _NEARLY_CORRECTED if told.get("corrected") else _NEARLY
            found[name] = _preferred(name, ranked, reading.fields.get(name), near)
    return {**found, **_adding_up(found)}


def _preferred(
    name: str, ranked: Sequence[tuple[float, Span, str]], before: Found | None, nearly: float
) -> tuple[_Choice, ...]:
    """What was read without the layout decides between places that are nearly as like."""
    if not ranked:
        return ()
    top = ranked[0][0]
    near = [row for row in ranked if top - row[0] <= nearly]
    several = sum(top - likely <= _NEARLY for likely, _span, _value in ranked) > 1
    choices = [_Choice(span, value, likely, several and likely >= top - _NEARLY) for likely, span, value in ranked]
    for at, (_likely, _span, value) in enumerate(near):
        if before and before.value and _says(name, value, before.value):
            choices.insert(0, replace(choices.pop(at), is_close=False))
            break
    return tuple(choices)


def _adding_up(found: Mapping[str, tuple[_Choice, ...]]) -> dict[str, tuple[_Choice, ...]]:
    """Net, tax and total whose places are nearly the likeliest, and which add up."""
    if not all(found.get(name) for name in ("net", "tax", "total")):
        return {}
    best: tuple[float, dict[str, tuple[_Choice, ...]]] | None = None
    tops = sum(found[name][0].likely for name in ("net", "tax", "total"))
    for net, tax, total in product(*(found[name][:_TRIED] for name in ("net", "tax", "total"))):
        likely = net.likely + tax.likely + total.likely
        if Decimal(net.value) + Decimal(tax.value) != Decimal(total.value) or tops - likely > 3 * _NEARLY:
            continue
        if best is None or likely > best[0]:
            sums = {"net": net, "tax": tax, "total": total}
            best = likely, {name: (replace(choice, is_close=False),) for name, choice in sums.items()}
    return best[1] if best else {}


def _value(told: Mapping[str, Any], before: Found | None, choices: Sequence[_Choice]) -> Found | None:
    """What the layout says of a field, None where it leaves what was read."""
    if not choices:
        return None
    best = choices[0]
    if before and before.value == best.value:
        return replace(before, confidence=max(before.confidence, confidence(best.likely, best.is_close, True)))
    least = AFTER_CORRECTION if told.get("corrected") or before is None else OTHERWISE
    if best.likely < least or before and not told.get("corrected") and before.confidence >= best.likely:
        return None
    sure = confidence(best.likely, best.is_close, False)
    return Found(best.value, best.span.text, best.span.box, sure, "layout")


def confidence(likely: float, is_close: bool, agrees: bool) -> float:
    """How often such a value was right on generated documents of many layouts (see docs/layouts.md)."""
    if agrees:
        return 0.995 if likely >= 0.6 and not is_close else 0.97
    if is_close:
        return 0.85
    if likely >= 0.8:
        return 0.99
    return 0.95 if likely >= 0.6 else 0.85


def _constant(name: str, told: Mapping[str, Any], before: Found | None, text: str, score: float) -> Found | None:
    """The vendor's own value. Only what a person corrected replaces what was read."""
    value = told["constant"]
    if before and score < BY_SIGN and before.value != value:
        return None
    if before and (before.value == value or not told.get("corrected") and name != "vendor"):
        sure = max(before.confidence, _known(score))
        return replace(before, confidence=sure) if before.value == value else None
    if name == "vendor_vat" and before and squeeze(value) not in text:
        return None
    return Found(value, value, None, _known(score), "layout")


def _known(score: float) -> float:
    """How often a layout that was recognised with such a score was the right one (see docs/layouts.md)."""
    return 0.99 if score >= BY_SIGN else 0.9


def _never_there(told: Mapping[str, Any]) -> bool:
    return told["absent"] * 2 > told.get("seen", 0)


def ranked_spans(
    name: str,
    told: Mapping[str, Any],
    sheet: Sheet,
    read: Callable[[str, str], str],
    is_scan: bool,
) -> list[tuple[float, Span, str]]:
    """(how like it is to what is known, where it stands, value) of each value that a field may have, the likeliest
    first; several places that say it count a little."""
    lengths = {known["words"] for known in told["anchors"]}
    scores: dict[str, list[tuple[float, Span]]] = {}
    has_digits = all("9" in known["shape"] for known in told["anchors"])
    for span in spans(sheet, name, read, lengths, has_digits):
        likely = max(likeness(span, sheet, known, is_scan) * reliability(known) for known in told["anchors"])
        if likely > _UNLIKE:
            scores.setdefault(span.value, []).append((likely, span))
    ranked = []
    for value, places in scores.items():
        likely, span = max(places, key=lambda row: row[0])
        ranked.append((min(likely + 0.03 * min(len(places) - 1, 3), 1.0), span, value))
    return sorted(ranked, key=lambda row: -row[0])


def _add_days(layout: Layout, fields: dict[str, Found], score: float) -> None:
    """A due date that is never printed stands the usual number of days after the date."""
    days = layout.data["fields"].get("due_date", {}).get("days")
    if days is None or "due_date" in fields or "date" not in fields:
        return
    due = date.fromisoformat(fields["date"].value) + timedelta(days=days)
    fields["due_date"] = Found(due.isoformat(), "", None, round(0.9 * score, 4), "layout")


def _add_rest(layout: Layout, fields: dict[str, Found]) -> None:
    """The amount that follows from the other two: where it was not printed before, or where the three don't add up."""
    if not all(name in fields and fields[name].value for name in ("net", "total")):
        return
    rest = Decimal(fields["total"].value) - Decimal(fields["net"].value)
    tax = fields.get("tax")
    told = layout.data["fields"].get("tax", {})
    if tax and (Decimal(tax.value) == rest or tax.source == "person"):
        return
    sure = min(fields["net"].confidence, fields["total"].confidence)
    is_settled = sure >= _SETTLED or tax is not None and sure >= tax.confidence
    if tax is None or told.get("rest") or is_settled and abs(rest) < abs(Decimal(fields["net"].value)):
        fields["tax"] = Found(plain(rest), "", None, round(0.98 * sure, 4), "computed")


def _reader(reading: Reading, context: Context) -> Callable[[str, str], str]:
    """``normalise`` for one document, each text once."""
    known: dict[tuple[str, str], str] = {}

    def read(name: str, text: str) -> str:
        key = name, text
        if key not in known:
            known[key] = normalise(name, text, reading.language, context)
        return known[key]

    return read


# === LEARNING === #


def learn(
    pages: Sequence[Page],
    reading: Reading,
    corrections: Mapping[str, Found],
    previous: Layout | None,
    context: Context,
    key: str = "",
) -> Layout:
    """The layout after one more document that a person accepted.

    :param reading: what was accepted, corrections included; fields with source "computed" or "model" teach no place
    :param corrections: fields that the person changed; an empty value says that the document has none. A box says
        where it stands; without one, all places that say the value are learned until further documents part them
    :param previous: what was known of this vendor before
    """
    data = previous.data if previous else {"fields": {}}
    found = rows(pages)
    is_scan = any(page.source == OCR for page in pages)
    sheet = Sheet(found, decimal_mark(found))
    values = {**reading.fields, **corrections}
    day_first = _day_first(sheet, values, reading, context, data.get("day_first"))
    context = with_reading_order(context, {"day_first": day_first})
    read = _reader(reading, context)
    fields = {
        name: _learned(name, values.get(name), corrections, data["fields"].get(name, {}), sheet, read, is_scan)
        for name in dict.fromkeys((*data["fields"], *values))
        if name in CONSTANT or name in CHANGING or name == "currency"
    }
    _learn_days(fields, values)
    _learn_rest(fields, values)
    told = replace(reading, fields={name: value for name, value in values.items() if value.value})
    return Layout(
        previous.key if previous else key,
        {
            "version": VERSION,
            "seen": data.get("seen", 0) + 1,
            "marks": {**data.get("marks", {}), **marks_of(found, told, context)},
            "words": usual_words(data.get("words", {}), words_of(found)),
            "day_first": day_first,
            "fields": {name: told for name, told in fields.items() if told},
        },
    )


def _learned(
    name: str,
    value: Found | None,
    corrections: Mapping[str, Found],
    told: Mapping[str, Any],
    sheet: Sheet,
    read: Callable[[str, str], str],
    is_scan: bool,
) -> dict[str, Any]:
    """What is known of a field after one more value of it."""
    counts = {
        "seen": told.get("seen", 0) + 1,
        "corrected": told.get("corrected", 0) + (name in corrections),
        "absent": told.get("absent", 0) + (value is not None and not value.value),
    }
    if value is None or not value.value:
        return {**told, **counts}
    if name in CONSTANT:
        return {**told, **counts, "constant": value.value}
    if name == "currency":
        # What people had to say is kept; what a document says by itself may be another one next time.
        return {**told, **counts, "constant": value.value} if counts["corrected"] else {**told, **counts}
    anchors = [_tried(known, name, value, sheet, read, is_scan) for known in told.get("anchors", [])]
    clicked = name in corrections and value.box is not None
    for span in _places(name, value, sheet, read, clicked)[:_MOST_PLACES]:
        new = anchor(span, sheet, clicked and _overlap(span, value) >= 0.5)
        same = next((known for known in anchors if _is_same(known, new)), None)
        if same is None:
            anchors.append(new)
        elif new["clicked"]:
            same["clicked"] = True
    anchors.sort(key=lambda known: (known["clicked"], reliability(known), known["hits"]), reverse=True)
    kept = [known for known in anchors if known["misses"] <= known["hits"]]
    return {**told, **counts, "anchors": kept[:_MOST_ANCHORS]}


def _tried(
    known: Mapping[str, Any], name: str, value: Found, sheet: Sheet, read: Callable[[str, str], str], is_scan: bool
) -> dict[str, Any]:
    """An anchor with one hit or miss more: whether it alone would have found the value."""
    ranked = ranked_spans(name, {"anchors": [known]}, sheet, read, is_scan)
    if not ranked:
        return dict(known)
    side = "hits" if _says(name, ranked[0][2], value.value) else "misses"
    return {**known, side: known[side] + 1}


def _is_same(known: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    if known["left"][:2] != other["left"][:2] or known["above"][:1] != other["above"][:1]:
        return False
    return known["page"] == other["page"] and known["words"] == other["words"]


def _places(name: str, value: Found, sheet: Sheet, read: Callable[[str, str], str], clicked: bool) -> list[Span]:
    """Where the value stands: in its box, else everywhere, labelled places first."""
    lengths = {max(len(value.text.split()), 1), max(len(value.value.split()), 1)}
    has_digits = any(map(str.isdigit, value.value))
    found = [span for span in spans(sheet, name, read, lengths, has_digits) if _says(name, span.value, value.value)]
    inside = [span for span in found if _overlap(span, value) >= 0.5][:1]
    if inside and not clicked:
        return inside
    found = [span for span in found[:_MANY] if span not in inside]
    if value.source in ("computed", "model") and name not in AMOUNT_FIELDS:
        return inside
    labelled = [
        span for span in found if any(any(map(str.isalpha, word.text)) for word in span.row.words[: span.first])
    ]
    return inside + labelled + [span for span in found if span not in labelled]


def _says(name: str, value: str, other: str) -> bool:
    if name in AMOUNT_FIELDS:
        # Printed with a minus or without: the kind of document says which way it goes.
        return abs(Decimal(value)) == abs(Decimal(other))
    if name in DATE_FIELDS:
        return value == other
    return squeeze(value) == squeeze(other)


def _overlap(span: Span, value: Found) -> float:
    """Part of the span that lies in the value's box."""
    box, other = span.box, value.box
    if other is None or box.page != other.page:
        return 0.0
    across = min(box.x1, other.x1) - max(box.x0, other.x0)
    down = min(box.y1, other.y1) - max(box.y0, other.y0)
    area = (box.x1 - box.x0) * (box.y1 - box.y0)
    return across * down / area if across > 0 and down > 0 and area > 0 else 0.0


def _learn_days(fields: dict[str, dict[str, Any]], values: Mapping[str, Found]) -> None:
    """A due date without a place of its own: how many days after the date."""
    due, day = values.get("due_date"), values.get("date")
    if not (due and due.value and day and day.value) or fields["due_date"].get("anchors"):
        return
    days = (date.fromisoformat(due.value) - date.fromisoformat(day.value)).days
    if 0 <= days <= _LONGEST_TERM:
        fields["due_date"]["days"] = days


def _learn_rest(fields: dict[str, dict[str, Any]], values: Mapping[str, Found]) -> None:
    """A tax that stands nowhere, because several are printed: what the total has more than the net."""
    told = {name: values[name].value for name in ("net", "tax", "total") if name in values}
    if len(told) < 3 or not all(told.values()) or fields["tax"].get("anchors"):
        return
    net, tax, total = (Decimal(told[name]) for name in ("net", "tax", "total"))
    fields["tax"]["rest"] = net + tax == total


def _day_first(
    sheet: Sheet, values: Mapping[str, Found], reading: Reading, context: Context, before: bool | None
) -> bool | None:
    """In which order the vendor prints day and month: told by dates that stand on the page in one order only."""
    usual = context.is_day_first if before is None else before
    readers = {first: _reader(reading, replace(context, is_day_first=first)) for first in (usual, not usual)}
    for name in DATE_FIELDS:
        value = values.get(name)
        if not value or not value.value:
            continue
        places = {
            first: [span.text for span in spans(sheet, name, read, ()) if span.value == value.value]
            for first, read in readers.items()
        }
        fitting = [first for first, texts in places.items() if texts]
        if len(fitting) == 1:
            return fitting[0]
        # A day after the twelfth says which way round; a month's name says nothing.
        order = days.order(places[usual])
        if order is not None:
            return order
    return before
