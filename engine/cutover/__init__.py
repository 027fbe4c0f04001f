"""Cut-over: a bank account whose entries were posted by hand gets its first statements."""

from .balances import Stretch, running
from .day import Standing, choose, days, standing, still_coming
from .facts import Entry, Facts, Movement
from .fate import CANCELLED, SOONER, Fate, fates
from .pairing import Group, pair

__all__ = [
    "CANCELLED",
    "SOONER",
    "Entry",
    "Facts",
    "Fate",
    "Group",
    "Movement",
    "Standing",
    "Stretch",
    "choose",
    "days",
    "fates",
    "pair",
    "running",
    "standing",
    "still_coming",
]
