"""A replay of history by date: what the machine would have said from what was known then, beside what was booked."""

from .apprentice import Apprentice, Decision, known_of_change
from .clock import LATE, Known, Moment, moment_of, was_known
from .outcome import compare
from .past import Past, PastItem, PastLine, PastParty, PastSettled, Payer, Settlement, runs
from .report import Row, reliability, summary

__all__ = [
    "LATE",
    "Apprentice",
    "Decision",
    "Known",
    "Moment",
    "Past",
    "PastItem",
    "PastLine",
    "PastParty",
    "PastSettled",
    "Payer",
    "Row",
    "Settlement",
    "compare",
    "known_of_change",
    "moment_of",
    "reliability",
    "runs",
    "summary",
    "was_known",
]
