"""Amounts that stand out, told by medians: one wild bill must not hide the next, and three earlier ones must do."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal
from statistics import median

#: Of normally spread values, the median distance to the median times this is the standard deviation (Hampel 1974).
_SCALE = 1.4826
#: Bills of one vendor spread at least so far (a fifth), however equal the last ones were.
_LEAST = math.log(1.2)
#: So many deviations above the median stand out.
_FAR = 5.0
#: What fewer than this many bills say of the spread is nothing; then ``_TIMES`` the largest stands out.
_FEW = 4
_TIMES = 5


def unusual(amount: Decimal, earlier: Sequence[Decimal]) -> Decimal | None:
    """The usual amount when ``amount`` is far above it, None when it is not, or when nothing is known.

    On logarithms, as amounts spread by factors.
    """
    known = [value for value in earlier if value > 0]
    if not known or amount <= 0:
        return None
    usual = median(known)
    if len(known) < _FEW:
        return usual if amount > _TIMES * max(known) else None
    logs = [math.log(value) for value in known]
    middle = median(logs)
    spread = max(_SCALE * median(abs(value - middle) for value in logs), _LEAST)
    is_far = math.log(amount) - middle > _FAR * spread and amount > max(known)
    return usual if is_far else None
