"""bin/bench layouts: what a layout alone reads right, and the lines of generated bills.

Vendors that do not exist send three bills each (``benchmarks.bills.generator``). On the first, a person clicks on every
value; the second is read by the layouts of all vendors and nothing else: no labels, no other rules. So it measures the
layouts, not extraction. Lines and taxes are read with the printed amounts known.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from decimal import Decimal
from multiprocessing import get_context
from typing import Any

from benchmarks.bills import compare, second, sets
from benchmarks.bills.reading import context_of
from benchmarks.bills.truth import FIELDS, Document
from engine.extraction import Found, Layout, Page, Reading
from engine.extraction.learned import apply, learn
from engine.extraction.lines import read_items
from engine.intervals import interval

#: Not the seed by which thresholds were chosen.
SEED, VENDORS = 31337, 150

Pair = tuple[Document, tuple[Page, ...]]


def main() -> None:
    parser = argparse.ArgumentParser(prog="bin/bench layouts", description=__doc__)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--vendors", type=int, default=VENDORS)
    parser.add_argument("--jobs", type=int, default=2, help="processes")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    chosen = parser.parse_args()
    found = measure(chosen.seed, chosen.vendors, chosen.jobs)
    if chosen.json:
        print(json.dumps({"seed": chosen.seed, "vendors": chosen.vendors, **found}))
        return
    print(f"{chosen.vendors} vendors, seed {chosen.seed}; the second bill by the layouts alone")
    for name, (right, n) in found.items():
        low, high = interval(right, n) if n else (0.0, 1.0)
        print(f"  {name:28} {100 * right / n if n else 0:6.2f} % [{100 * low:.1f}, {100 * high:.1f}] of {n:,}")


def measure(seed: int, vendors: int, jobs: int) -> dict[str, list[int]]:
    """{what: [right, of]}"""
    documents = sets.generated(seed, vendors, 2)
    with ProcessPoolExecutor(jobs, mp_context=get_context("fork")) as pool:
        pages = list(pool.map(second.pages_of, documents))
        pairs: list[Pair] = list(zip(documents, pages, strict=True))
        layouts = tuple(pool.map(_learned, pairs[::2]))
        tasks = [(pair, layouts, at) for at, pair in enumerate(pairs[1::2])]
        counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        for told in (*pool.map(_second, tasks), *pool.map(_lines, pairs)):
            for name, is_right in told:
                counts[name][0] += is_right
                counts[name][1] += 1
    return dict(sorted(counts.items()))


def _learned(pair: Pair) -> Layout:
    document, pages = pair
    said = {FIELDS[name]: second.clicked(pages, name, values) for name, values in document.truth.items()}
    return learn(pages, Reading("bill"), said, None, context_of(document), document.name)


def _second(task: tuple[Pair, Sequence[Layout], int]) -> list[tuple[str, bool]]:
    (document, pages), layouts, at = task
    reading = apply(pages, Reading("bill"), replace(context_of(document), layouts=tuple(layouts)))
    key = next((values["key"] for code, values in reading.reasons if code == "layout"), None)
    told: list[tuple[str, bool]] = [("recognised", key == layouts[at].key)]
    if key is not None:
        told.append(("recognised, of those named", key == layouts[at].key))
    for name in document.truth:
        found = reading.fields.get(FIELDS[name])
        is_right = bool(found) and compare.is_right(document, name, found.value, reading.kind)
        told.append((f"field {name}", is_right))
        if found:
            told.append((f"said with {found.confidence:.2f}", is_right))
    return told


def _lines(pair: Pair) -> list[tuple[str, bool]]:
    document, pages = pair
    amounts = {name: Found(document.truth[name][0]) for name in ("net", "tax", "total") if name in document.truth}
    reading = read_items(pages, Reading("bill", amounts))
    bill = document.extra["bill"]
    taxes = sorted((Decimal(rate), Decimal(base), Decimal(tax)) for rate, base, tax in bill.taxes)
    return [
        ("lines, all right", compare.lines_are_right(document, reading.items)),
        ("taxes by rate, all right", taxes == sorted(map(_row, reading.taxes))),
    ]


def _row(part: Any) -> tuple[Decimal, Decimal, Decimal]:
    return part.rate, part.base if part.base is not None else Decimal(-1), part.tax or Decimal(0)


if __name__ == "__main__":
    main()
