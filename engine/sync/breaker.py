"""When to leave an address alone: a circuit breaker as a pure state machine.

Closed: everything is sent. Open: nothing is, until a moment. Half open: one attempt finds out. Times are seconds on
a clock of the caller's.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

CLOSED = "closed"
OPEN = "open"
HALF_OPEN = "half_open"
STATES = (CLOSED, OPEN, HALF_OPEN)

#: Failures in a row that open it.
THRESHOLD = 5
#: Seconds that it stays open the first time; doubled each time the one attempt fails.
FIRST = 15.0
LONGEST = 900.0
#: Seconds after which the one attempt counts as lost.
TRIAL = 180.0


@dataclass(frozen=True, slots=True)
class Breaker:
    """``until``: when an open one lets one attempt pass, or a half open one another. ``trips``: openings in a row."""

    state: str = CLOSED
    failures: int = 0
    trips: int = 0
    until: float = 0.0


def may_pass(breaker: Breaker, now: float) -> int | None:
    """How many attempts may pass now: None for any number, 0, or 1."""
    if breaker.state == CLOSED:
        return None
    return 1 if now >= breaker.until else 0


def tried(breaker: Breaker, now: float) -> Breaker:
    """The one attempt is on its way."""
    return replace(breaker, state=HALF_OPEN, until=now + TRIAL)


def succeeded(breaker: Breaker) -> Breaker:
    """The other side answered, be it with a refusal: it is there."""
    return Breaker() if breaker != Breaker() else breaker


def failed(breaker: Breaker, now: float, random: Callable[[], float], retry_after: float | None = None) -> Breaker:
    """The other side did not answer, or is in trouble; ``retry_after``: for how long it asked to be left alone."""
    failures = breaker.failures + 1
    if retry_after:
        until = max(breaker.until if breaker.state == OPEN else 0.0, now + retry_after)
        return Breaker(OPEN, failures, breaker.trips, until)
    if breaker.state == OPEN:
        # Attempts that were under way when it opened.
        return replace(breaker, failures=failures)
    if breaker.state == CLOSED and failures < THRESHOLD:
        return replace(breaker, failures=failures)
    pause = min(FIRST * 2**breaker.trips, LONGEST)
    return Breaker(OPEN, failures, min(breaker.trips + 1, 16), now + pause * (0.5 + random() / 2))
