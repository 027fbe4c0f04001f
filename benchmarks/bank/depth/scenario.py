"""What a scenario says: the lines to be proposed for, and what the books must be afterwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

#: Of one case: ``right``, ``wrong``, ``asked`` (nothing was booked, a person chooses) or ``silent``.
RIGHT, WRONG, ASKED, SILENT = "right", "wrong", "asked", "silent"
VERDICTS = (RIGHT, ASKED, SILENT, WRONG)


@dataclass(slots=True)
class Case:
    """Books that are made, and the truth about them.

    ``lines``: bank lines that exist already; their bank side is booked, their suspense is cleared by the truth.
    ``balances``: {(account, partner or None): change in the company's currency, a debit is positive}; partners on
    receivables and payables only; suspense of ``lines`` is reckoned by ``run``, ``left`` of it stays (as on the bank
    line: a receipt is positive). ``tags``: {name of a tax tag: change of the balance of items that carry it}.
    ``open``: {journal item: residual afterwards, in its currency}. ``steps``: callables that give suggestions, each
    accepted before the next is called; without any, the lines are proposed for. ``ask``: nobody can decide it: right
    is a question, or silence. ``check``: called at the end, gives what else is not as the truth says (figures of a
    statement, findings); with it, right needs no change of the books.
    """

    balances: dict[tuple[Any, Any], Decimal]
    lines: Any = None
    tags: dict[str, Decimal] = field(default_factory=dict)
    open: dict[Any, Decimal] = field(default_factory=dict)
    left: Decimal = Decimal(0)
    steps: tuple[Callable[[], Any], ...] = ()
    ask: bool = False
    check: Callable[[], list[str]] | None = None


@dataclass(frozen=True, slots=True)
class Scenario:
    """``make(books, rng)`` gives a ``Case``; ``rng`` is a seeded ``random.Random``."""

    name: str
    make: Callable[[Any, Any], Case]


#: Modules beside this one that hold no scenarios.
_GROUND = {"__init__", "books", "ledger", "run", "scenario", "table"}


def topics() -> list[str]:
    """Names of the modules with scenarios."""
    return sorted(path.stem for path in Path(__file__).parent.glob("*.py") if path.stem not in _GROUND)
