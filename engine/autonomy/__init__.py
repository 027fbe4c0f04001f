"""What the machine has earned: exact bounds of its errors, gates, drift, and bounded review; pure."""

from .comparing import Difference, Posting, compare
from .drift import Drift, drift, too_many_undone
from .gate import CLOSED, OPEN, SMALL, Step, Verdict, judge
from .review import Conclusion, Item, Plan, conclude, plan
from .trial import BACKTEST, PEOPLE, SAMPLE, Tally, Trial

__all__ = [
    "BACKTEST",
    "CLOSED",
    "OPEN",
    "PEOPLE",
    "SAMPLE",
    "SMALL",
    "Conclusion",
    "Difference",
    "Drift",
    "Item",
    "Plan",
    "Posting",
    "Step",
    "Tally",
    "Trial",
    "Verdict",
    "compare",
    "conclude",
    "drift",
    "judge",
    "plan",
    "too_many_undone",
]
