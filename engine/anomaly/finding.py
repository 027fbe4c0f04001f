"""One thing that a careful person would have noticed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

STOP = "stop"  # nothing is booked before somebody dismisses it with a reason
WARN = "warn"  # a policy does not accept it; a person may
SEVERITIES = (STOP, WARN)


@dataclass(frozen=True, slots=True)
class Finding:
    """``code`` names the check; ``values`` are what its sentence says; ``twin`` the (model, id) that it points to.

    ``key`` is the same as long as it is the same finding: dismissed once, it stays dismissed.
    """

    code: str
    severity: str
    values: dict[str, Any] = field(default_factory=dict)
    twin: tuple[str, int] | None = None
    key: str = ""
