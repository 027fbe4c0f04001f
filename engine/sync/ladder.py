"""When to try again: the steps of Standard Webhooks' example, with full jitter."""

from __future__ import annotations

from collections.abc import Callable

#: Seconds before each attempt, the first at once: 75 hours in all.
STEPS = (0, 5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400)
#: Attempts at what failed unexpectedly, here: a bug does not heal by waiting for days.
FEW = 3
LONGEST = 86400.0
#: Who asked everybody to come back at the same moment is not met by all of them at that moment.
SPREAD = 0.1


def wait(tried: int, random: Callable[[], float], retry_after: float | None = None, most: int = len(STEPS)):
    """Seconds until the next attempt after ``tried`` of them failed, or None when there is none.

    :param random: gives a number from 0 up to 1
    :param retry_after: seconds that the other side asked to wait: it is never asked sooner
    :param most: attempts in all
    """
    if tried >= min(most, len(STEPS)):
        return None
    if retry_after is not None:
        asked = min(max(retry_after, 0.0), LONGEST)
        return asked + random() * min(asked * SPREAD, STEPS[1])
    return random() * STEPS[max(tried, 0)]
