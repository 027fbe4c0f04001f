"""Whether a gate is open: above which confidence the machine has shown that it errs less than is tolerated.

Thresholds are tested from the strictest to the loosest, each at the full level, and testing stops at the first that
fails (fixed-sequence testing: B. L. Wiens, "A fixed sequence Bonferroni procedure for testing multiple endpoints",
Pharmaceutical Statistics 2 (2003); for thresholds of predictions: A. Angelopoulos, S. Bates, E. Candès, M. Jordan,
L. Lei, "Learn then Test", Annals of Applied Statistics 19 (2025)). So however many are tested, the chance of opening
one that errs more than is tolerated stays at ``alpha``. Thresholds above which too little lies are passed over: too
little for any outcome to pass or, where the whole holds more, too little to bear two errors, so that one early error
among few does not end the testing. That depends on confidences only, never on who was right, and spends nothing.

Errors that weigh more count as several (``trial.KIND_WEIGHTS``), never as less than one: the bound of the weighted
count lies on or above the exact bound of the plain one. The gate needs, beside it, that the wrong share of the money
seen is within the tolerance too; that every one of several tests must pass only lowers the chance of opening wrongly.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import ceil

from .bounds import ALPHA, lower, needed, smallest, upper
from .trial import BACKTEST, Tally, Trial, tally, typical_amount

#: Tested in this order. Fixed before any evidence: not tuned to any data.
THRESHOLDS = (0.999, 0.998, 0.995, 0.99, 0.985, 0.98, 0.97, 0.96, 0.95, 0.93, 0.9, 0.85, 0.8)
#: So many days of decisions say how fast evidence comes.
PACE_DAYS = 56

OPEN = "open"  # to the policy's cap
SMALL = "small"  # to the small cap: what was shown rests on the backtest
CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Step:
    """One tested threshold. ``bound``: the error is below it, with 95 % certainty; of errors as they weigh."""

    threshold: float
    tally: Tally
    bound: float
    passed: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """``threshold``: from which confidence on, None while closed. ``level``: number of the pool that decided, 0 is
    the segment alone. ``why``: what keeps it closed or small, as code; ``missing``: how many more clean decisions;
    ``weeks`` at the pace of late, None when there is no pace."""

    state: str
    threshold: float | None = None
    level: int = 0
    steps: tuple[Step, ...] = ()
    people: Tally = Tally()
    backtest: Tally = Tally()
    why: str = ""
    missing: int = 0
    weeks: int | None = None


def judge(pools: Sequence[Sequence[Trial]], tolerance: float, today: date, alpha: float = ALPHA) -> Verdict:
    """The verdict on a segment.

    :param pools: the trials of the segment, then of each wider pool that holds it (journal, company); a pool that is
        too thin for any threshold gives way to the next
    :param tolerance: share of errors that is tolerated
    :param today: date that the pace is counted back from
    """
    level = _level(pools, tolerance, alpha)
    trials = pools[level]
    steps = test_thresholds(trials, tolerance, alpha)
    passed = [step for step in steps if step.passed]
    if not passed:
        return _closed(trials, steps, level, tolerance, today, alpha)
    threshold = passed[-1].threshold
    people, backtest = _parts(trials, threshold)
    found = Verdict(OPEN, threshold, level, steps, people, backtest)
    own = _above(pools[0], threshold)
    mine = tally(own, typical_amount(own))
    if level and mine.errors and lower(mine.counted, mine.n, alpha) > tolerance:
        return replace(found, state=CLOSED, threshold=None, why="segment_worse")
    if people.errors and lower(people.counted, people.n, alpha) > tolerance:
        return replace(found, state=CLOSED, threshold=None, why="people_worse")
    wanted = least_people(tolerance, alpha)
    if people.n < wanted:
        weeks = _weeks(wanted - people.n, trials, threshold, today)
        return replace(found, state=SMALL, why="backtest_only", missing=wanted - people.n, weeks=weeks)
    if people.counted > people.n * tolerance:
        missing = ceil(people.counted / tolerance) - people.n
        weeks = _weeks(missing, trials, threshold, today)
        return replace(found, state=SMALL, why="people_doubt", missing=missing, weeks=weeks)
    return found


def least_people(tolerance: float, alpha: float = ALPHA) -> int:
    """How many decisions of people must stand beside a backtest before the gate opens to the policy's cap: a third of
    the smallest number that could open it alone."""
    return ceil(smallest(tolerance, alpha) / 3)


def test_thresholds(trials: Sequence[Trial], tolerance: float, alpha: float = ALPHA) -> tuple[Step, ...]:
    """The thresholds tested, strictest first, up to and with the first that failed."""
    typical = typical_amount(trials)
    least = _least(len(_above(trials, THRESHOLDS[-1])), tolerance, alpha)
    steps: list[Step] = []
    for threshold in THRESHOLDS:
        found = tally(_above(trials, threshold), typical)
        if found.n < least:
            continue
        bound = upper(found.counted, found.n, alpha)
        passed = bound < tolerance and float(found.wrong) <= tolerance * float(found.amount)
        steps.append(Step(threshold, found, bound, passed))
        if not passed:
            break
    return tuple(steps)


def _least(n, tolerance, alpha):
    """How many trials a threshold needs to be tested, when ``n`` are known in all."""
    roomy = needed(2, 0, tolerance, alpha)
    return roomy if n >= roomy else smallest(tolerance, alpha)


def _level(pools, tolerance, alpha):
    """The first pool that is thick enough to pass some threshold, else the widest."""
    least = smallest(tolerance, alpha)
    for level, trials in enumerate(pools):
        if len(_above(trials, THRESHOLDS[-1])) >= least:
            return level
    return len(pools) - 1


def _closed(trials, steps, level, tolerance, today, alpha):
    threshold = steps[0].threshold if steps else THRESHOLDS[-1]
    above = _above(trials, threshold)
    found = tally(above, typical_amount(trials))
    people, backtest = _parts(trials, threshold)
    missing = needed(found.counted, found.n, tolerance, alpha)
    if not missing:
        return Verdict(CLOSED, None, level, steps, people, backtest, "money")
    why = "too_few" if not steps else "bound"
    weeks = _weeks(missing, trials, threshold, today)
    return Verdict(CLOSED, None, level, steps, people, backtest, why, missing, weeks)


def _weeks(missing, trials, threshold, today):
    """Weeks until ``missing`` more decisions of people, at the pace of the last weeks."""
    late = [t for t in _above(trials, threshold) if t.source != BACKTEST and 0 <= (today - t.day).days < PACE_DAYS]
    if not late:
        return None
    return ceil(missing / (len(late) / (PACE_DAYS / 7)))


def _above(trials, threshold):
    return [trial for trial in trials if trial.confidence >= threshold]


def _parts(trials, threshold):
    """(what people decided, what a backtest replayed) from ``threshold`` on, each with its own tally."""
    typical = typical_amount(trials)
    above = _above(trials, threshold)
    people = tally([trial for trial in above if trial.source != BACKTEST], typical)
    return people, tally([trial for trial in above if trial.source == BACKTEST], typical)
