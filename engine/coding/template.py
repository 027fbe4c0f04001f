"""What a label books: accounts with shares, taxes and analytic distribution. Its text is the learner's label."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Part:
    """One account of a coding. ``analytic`` is sorted (analytic key, percentage) pairs, as Odoo keys them."""

    account: int
    taxes: tuple[int, ...] = ()
    analytic: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Template:
    """The parts of a coding, in the order of their accounts; what each part's amount is, the splits say."""

    parts: tuple[Part, ...]

    @property
    def label(self) -> str:
        """The same text for the same template: what the learner counts."""
        rows = [[part.account, sorted(part.taxes), [list(pair) for pair in part.analytic]] for part in self.parts]
        return json.dumps(sorted(rows), separators=(",", ":"))

    @classmethod
    def from_label(cls, label: str) -> Template:
        """:raise ValueError: for a text that is none of ours"""
        rows = json.loads(label)
        return cls(tuple(Part(row[0], tuple(row[1]), tuple((key, share) for key, share in row[2])) for row in rows))

    @classmethod
    def of_lines(cls, lines: list[Mapping[str, Any]]) -> Template:
        """The template of a ``bank_coding`` proposal's lines."""
        parts = [
            Part(
                line["account_id"],
                tuple(sorted(line.get("tax_ids") or ())),
                tuple(sorted((line.get("analytic_distribution") or {}).items())),
            )
            for line in lines
        ]
        return cls(tuple(sorted(parts, key=lambda part: (part.account, part.taxes, part.analytic))))
