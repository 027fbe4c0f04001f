"""One document through the reader and the engine, as the job does it, with what it took."""

from __future__ import annotations

import resource
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from engine.extraction import Buyer, Context, Page, Reading, extract, is_sure
from engine.extraction.reading import Found
from readers.document import DocumentError, Limits, einvoice, read

from . import pictures
from .truth import Document

TODAY = date(2026, 11, 21)
_LIMITS = Limits(seconds=300.0)


@dataclass(frozen=True, slots=True)
class Result:
    """``seconds`` of the clock and ``cpu`` seconds of this process and its children, for ``pages`` pages from
    ``source``: ``xml``, ``text``, ``ocr``, empty when it could not be read (``error``)."""

    document: Document
    reading: Reading
    source: str
    pages: int
    seconds: float
    cpu: float
    error: str = ""

    def found(self, name: str) -> Found | None:
        return self.reading.fields.get(name)


def run(document: Document, context: Context | None = None) -> Result:
    """The picture is made before the clock starts."""
    data, name = pictures.content(document)
    started, cpu = time.perf_counter(), _cpu()
    error = ""
    try:
        reading, source, pages = _read(data, name, context or context_of(document))
    except DocumentError as failure:
        reading, source, pages, error = Reading(), "", 1, failure.code
    return Result(document, reading, source, pages, time.perf_counter() - started, _cpu() - cpu, error)


def context_of(document: Document) -> Context:
    """What a company knows. Its own name is given only where the truth tells it (``buyer``)."""
    buyer = document.extra.get("buyer")
    return Context(TODAY, Buyer(names=(buyer,)) if buyer else Buyer())


def _read(data: bytes, name: str, context: Context) -> tuple[Reading, str, int]:
    scan = read(data, name, limits=_LIMITS)
    for _name, content in (*scan.embedded, (name, data) if scan.media_type.endswith("xml") else ("", b"")):
        told = einvoice.read(content) if content else None
        if told:
            return Reading.from_json(told), "xml", max(len(scan.pages), 1)
    pages = pages_of(scan.pages)
    source = "ocr" if any(page.source == "ocr" for page in pages) else "text"
    return extract(pages, context), source, max(len(pages), 1)


def pages_of(pages: Sequence) -> tuple[Page, ...]:
    return tuple(Page.from_json(page.to_json()) for page in pages)


def is_shown_as_sure(name: str, found: Found | None) -> bool:
    return found is not None and is_sure(name, found)


def memory_mb() -> tuple[float, float]:
    """The most that this process held so far, and the largest of its children."""
    return tuple(resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def _cpu() -> float:
    return sum(
        usage.ru_utime + usage.ru_stime
        for usage in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )
