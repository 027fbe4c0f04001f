"""Generated documents read, whole and damaged: field -> evidence -> (right, found)."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace

import readers.document as readers
from engine.extraction import Page
from engine.extraction.extractor import read_fields
from engine.text import squeeze

from ..bills import compare, pictures, sets
from ..bills.reading import context_of, pages_of
from ..bills.truth import FIELDS, Document
from . import damage

Counts = dict[str, dict[str, tuple[int, int]]]
#: Vendors of one task of a process.
_CHUNK = 8
#: How many of the generated documents are also drawn, worsened and read by OCR: one of so many.
PICTURED = 12


def count(seed: int, vendors: int, processes: int, pictured: int = PICTURED) -> Counts:
    """Read ``vendors`` documents of generated vendors, and damaged copies."""
    tasks = [(seed, vendors, first, pictured) for first in range(0, vendors, _CHUNK)]
    total: Counts = defaultdict(dict)
    with ProcessPoolExecutor(processes) as pool:
        for part in pool.map(_count_some, tasks):
            merge(total, part)
    return total


def merge(total: Counts, part: Counts) -> None:
    for name, rows in part.items():
        for evidence, (right, found) in rows.items():
            old = total.setdefault(name, {}).get(evidence, (0, 0))
            total[name][evidence] = (old[0] + right, old[1] + found)


def _count_some(task: tuple[int, int, int, int]) -> Counts:
    seed, vendors, first, pictured = task
    counts: Counts = {}
    for at, document in enumerate(sets.generated(seed, vendors)[first : first + _CHUNK], first):
        chance = random.Random(f"damage {seed} {at}")
        pages = _pages(document)
        for kind in damage.KINDS:
            _score(document, tuple(kind(page, chance) for page in pages), counts)
        if pictured and at % pictured == 0:
            _score(document, _pages(replace(document, variant="degraded")), counts)
    return counts


def _pages(document: Document) -> tuple[Page, ...]:
    data, name = pictures.content(document)
    return pages_of(readers.read(data, name).pages)


def _score(document: Document, pages: tuple[Page, ...], counts: Counts) -> None:
    reading, evidence = read_fields(pages, context_of(document))
    for name, told in evidence.items():
        is_right = _is_right(document, name, reading.value(name), reading.kind)
        if is_right is not None:
            merge(counts, {name: {told: (int(is_right), 1)}})


_NAMES = {field: name for name, field in FIELDS.items()}


def _is_right(document: Document, field: str, said: str, kind: str) -> bool | None:
    """None: nothing is known of the field."""
    name = _NAMES.get(field)
    if name in document.truth:
        return compare.is_right(document, name, said, kind)
    told = _others(document).get(field)
    return None if told is None else squeeze(said) == squeeze(told)


def _others(document: Document) -> Mapping[str, str]:
    """What is known of a generated document beside the fields that are measured everywhere."""
    bill = document.extra["bill"]
    vendor = bill.vendor
    return {
        "vendor_street": vendor.street,
        "vendor_zip": vendor.zip,
        "vendor_city": vendor.town,
        "vendor_country": vendor.country.code,
        "vendor_phone": vendor.phone,
        "vendor_email": vendor.email,
        "vendor_website": vendor.website,
        "buyer": vendor.buyer[0],
        "order_reference": bill.order,
        "customer_number": bill.customer,
    }
