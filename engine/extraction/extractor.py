"""From words to a reading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from . import checks, kinds, learned, lines
from .context import Context
from .gather import gather
from .page import Page
from .paper import read as read_paper
from .reading import AMOUNT_FIELDS, BILL, BOOKED_KINDS, CREDIT_NOTE, UNKNOWN, Found, Reading


def extract(pages: Sequence[Page], context: Context) -> Reading:
    """Read one document.

    :param pages: of one document, in order
    """
    reading, _evidence = read_fields(pages, context)
    reading = learned.apply(pages, lines.read_items(pages, reading), context)
    return checks.check(reading, context)


def read_fields(pages: Sequence[Page], context: Context) -> tuple[Reading, Mapping[str, str]]:
    """Kind and fields of a document without its lines, and the evidence of each field."""
    paper = read_paper(pages, context)
    kind, reasons = kinds.tell(paper)
    fields, evidence = gather(paper)
    if kind == UNKNOWN and "total" in fields:
        kind = BILL
    if kind in BOOKED_KINDS and "total" in fields and Decimal(fields["total"].value) < 0:
        kind, reasons = CREDIT_NOTE, (*reasons, ("negative", {}))
    if kind == CREDIT_NOTE:
        fields = {name: _as_positive(name, found) for name, found in fields.items()}
    return Reading(kind, fields, reasons=reasons, language=paper.language), evidence


def _as_positive(name: str, found: Found) -> Found:
    """A credit note's sums without their sign: its kind says which way they go."""
    return replace(found, value=found.value.lstrip("-")) if name in AMOUNT_FIELDS else found
