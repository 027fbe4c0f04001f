"""What was learned of one vendor's documents: by what they are known, and where their fields stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Layout:
    """``key``: the vendor, as ``engine.billing.vendor`` keys him. ``data``: plain JSON that ``learn`` wrote."""

    key: str
    data: Mapping[str, Any] = field(default_factory=dict)
