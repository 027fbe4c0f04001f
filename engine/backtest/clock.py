"""Two clocks of every fact: the day that it carries, and the moment when it was written down.

What was written down within ``LATE`` of its day was kept *live*: the moment counts. What came later was brought in with
an older history: its moment tells nothing, and its day must do.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

LATE = timedelta(days=45)


@dataclass(frozen=True, slots=True)
class Known:
    """``day``: from which day on the fact holds; ``created``: when it was written down (UTC), None if nobody noted."""

    day: date
    created: datetime | None = None

    @property
    def is_live(self) -> bool:
        """Whether the moment of writing says when it became known."""
        return self.created is not None and self.created.date() - self.day <= LATE


@dataclass(frozen=True, slots=True, order=True)
class Moment:
    """When a bank line would have been looked at. ``at`` None: it was brought in later, at the end of ``day``."""

    day: date
    at: datetime | None = None


def moment_of(line: Known) -> Moment:
    """The machine looks at a line as soon as it is there."""
    if not line.is_live:
        return Moment(line.day)
    return Moment(max(line.day, line.created.date()), line.created)


def was_known(fact: Known, moment: Moment) -> bool:
    """Whether ``fact`` was known at ``moment``: strictly before a live line; for a line that was brought in later by
    the fact's day, unless the fact itself was kept live and written down after that day."""
    if fact.day > moment.day:
        return False
    if moment.at is not None:
        return fact.created is None or fact.created < moment.at
    return not fact.is_live or fact.created.date() <= moment.day
