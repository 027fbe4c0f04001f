"""Days between dates, as the matcher counts them."""

from __future__ import annotations

from datetime import date


def days(start: date, end: date) -> int:
    """Days from ``start`` to ``end``; negative when ``end`` is earlier."""
    return end.toordinal() - start.toordinal()


def day_text(day: date | None) -> str:
    """ISO form for reasons; empty when there is no date."""
    return day.isoformat() if day else ""
