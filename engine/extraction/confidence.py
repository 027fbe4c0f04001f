"""How often fields that were found in the same way were right, measured on generated documents.

A field's *evidence* is a short text made of what it was found by: the kind of its label, whether other sums prove it,
whether another value competes. ``calibration.MEASURED`` holds, for each field and evidence, how many of the values
found so were right (``bin/bench extraction``). The confidence is the mean of the Jeffreys posterior of that count, so
that what was seen seldom is never called sure; evidence that was never seen borrows from the field as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .calibration import MEASURED
from .candidate import Candidate
from .reading import Found

#: A field is shown as sure from here on.
SURE = 0.99
#: Sources that need no reading.
_CERTAIN = frozenset({"xml", "person"})
#: A competitor with at least this share of the winner's score is told.
NEAR, FAR = 0.8, 0.5
#: Words that a scan reads less surely than this make a value doubtful.
READ_WELL = 0.85
#: Never-seen evidence is believed this much less than its field's average.
UNSEEN = 0.55


def is_sure(name: str, found: Found | None) -> bool:
    """Whether a field may be shown without asking to look at it."""
    if found is None or not found.value:
        return False
    return found.source in _CERTAIN or found.confidence >= SURE


def measured(name: str, evidence: str) -> float:
    """The confidence of a field found by some evidence."""
    counts = MEASURED.get(name, {})
    if evidence in counts:
        right, count = counts[evidence]
        return (right + 0.5) / (count + 1)
    right = sum(one for one, _count in counts.values())
    count = sum(all_ for _one, all_ in counts.values())
    return UNSEEN * (right + 0.5) / (count + 1)


def told(signs: Iterable[str]) -> str:
    """Evidence as one text."""
    return " ".join(sorted(sign for sign in signs if sign))


def against(winner: Candidate, candidates: Sequence[Candidate]) -> str:
    """How near the best other value comes: ``near``, ``far`` or nothing."""
    rest = max((one.score for one in candidates if one.value != winner.value), default=0.0)
    if rest >= NEAR * winner.score:
        return "near"
    return "far" if rest >= FAR * winner.score else ""


def scanned(winner: Candidate) -> str:
    """Whether it was read from a picture, and how well."""
    if not winner.row.is_ocr:
        return ""
    return "ocr" if winner.row.confidence(winner.start, winner.end) >= READ_WELL else "blurred"
