"""Cut-over: a bank account whose entries were posted by hand gets its first statements."""

from .balances import Stretch, running
from .day import Standing, choose, days, standing, still_coming
from .facts import Entry, Facts, Movement
from .fates import Fate, fates
from .pairing import Group, pair

__all__ = [
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
