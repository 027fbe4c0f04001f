"""The second bill of a vendor: the first is read, a person corrects what is wrong by clicking on the words, then the
next one is read, with what was learned of all vendors at hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from typing import Any

from engine.extraction import Box, Layout, Page, Reading, extract, learned
from engine.extraction.reading import Found
from readers.document import read

from . import compare, pictures, sets, truth
from .reading import context_of
from .score import FOUR, Count
from .truth import FIELDS, Document

SETS = ("generated", "odd", "receipts")
_LONGEST = 9  # words of one value


def pairs(name: str, n: int | None = None, seed: int = sets.SEED) -> list[tuple[Document, Document]]:
    """(first, second) document of each vendor that sent two."""
    if name != "receipts":
        documents = {"generated": sets.generated, "odd": sets.odd}[name](seed, bills=2)
        found = list(zip(documents[::2], documents[1::2], strict=True))
    else:
        of_seller = defaultdict(list)
        for document in sets.load(name):
            of_seller[truth.name_key(document.truth["vendor"][0])].append(document)
        found = [(rows[0], rows[1]) for rows in of_seller.values() if len(rows) > 1]
    return found if not n else [found[at * len(found) // n] for at in range(min(n, len(found)))]


def measure(found: Sequence[tuple[Document, Document]], jobs: int) -> dict[str, Any]:
    with ProcessPoolExecutor(jobs, mp_context=get_context("fork")) as pool:
        first = list(pool.map(_learn, (pair[0] for pair in found)))
        layouts = tuple(layout for layout, _wrong in first if layout)
        tasks = ((second, layouts) for _first, second in found)
        second = list(pool.map(_read_second, tasks))
    return _figures(found, [wrong for _layout, wrong in first], second)


def _figures(found, corrected: Sequence[set[str]], second: Sequence[tuple[set[str], set[str]]]) -> dict[str, Any]:
    counts = defaultdict(Count)
    errors = []
    for (_first, document), fixed, (before, after) in zip(found, corrected, second, strict=True):
        told = set(document.truth)
        counts["corrected"].add(bool(fixed))
        for name in told:
            counts["fields_before"].add(name not in before)
            counts["fields_after"].add(name not in after)
        four = told & set(FOUR)
        counts["four_before"].add(not before & four)
        counts["four_after"].add(not after & four)
        if fixed:
            counts["four_of_corrected"].add(not after & four)
            for name in fixed & told:
                counts["corrected_fields"].add(name not in after)
        errors += [(document.name, name) for name in sorted(after)]
    return {name: count.to_json() for name, count in counts.items()} | {"vendors": len(found), "errors": errors}


def pages_of(document: Document) -> tuple[Page, ...]:
    return tuple(Page.from_json(page.to_json()) for page in read(*pictures.content(document)).pages)


def _learn(document: Document) -> tuple[Layout | None, set[str]]:
    """What is learned from the person's corrections, and the fields that were wrong."""
    pages, context = pages_of(document), context_of(document)
    reading = extract(pages, context)
    wrong = _wrong(document, reading)
    corrections = {FIELDS[name]: clicked(pages, name, document.truth[name]) for name in wrong}
    accepted = replace(reading, fields={**reading.fields, **corrections})
    key = document.truth["vendor"][0]
    return learned.learn(pages, accepted, corrections, None, context, key), wrong


def _read_second(task: tuple[Document, tuple[Layout, ...]]) -> tuple[set[str], set[str]]:
    """Fields that are wrong without, and with what was learned."""
    document, layouts = task
    pages, context = pages_of(document), context_of(document)
    before = _wrong(document, extract(pages, context))
    return before, _wrong(document, extract(pages, replace(context, layouts=layouts)))


def _wrong(document: Document, reading: Reading) -> set[str]:
    return {
        name
        for name in document.truth
        if not compare.is_right(document, name, reading.value(FIELDS[name]), reading.kind)
    }


def clicked(pages: Sequence[Page], name: str, values: Iterable[str]) -> Found:
    """The value as a person gives it: by the words that say it, typed where no words do."""
    values = tuple(values)
    for page in pages:
        for start in range(len(page.words)):
            for end in range(start + 1, min(start + _LONGEST, len(page.words)) + 1):
                words = page.words[start:end]
                if words[0].line != words[-1].line:
                    break
                text = " ".join(word.text for word in words)
                if any(_says(name, text, value) for value in values):
                    return Found(values[0], text, Box.around([word.box for word in words]), 1.0, "person")
    return Found(values[0], values[0], None, 1.0, "person")


def _says(name: str, text: str, value: str) -> bool:
    if name == "vendor":
        return truth.name_key(text) == truth.name_key(value)
    if name in truth.DATES:
        return _day(text.strip(":,. ")) == value
    if name in truth.AMOUNTS:
        digits = "".join(char for char in text if char.isdigit())
        return bool(digits) and not any(char.isalpha() for char in text) and digits == value.replace(".", "").strip("-")
    return truth.squeezed(text) == truth.squeezed(value)


def _day(text: str) -> str:
    try:
        return truth.normal("date", text)
    except truth.DataError:
        return ""
