"""Frozen facts of a coding run. Amounts are ``Decimal`` in the line's currency with the line's own sign."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from ..learning import Case, Learner
from .template import Template


@dataclass(frozen=True, slots=True)
class CodingLine:
    """A payment to be coded. ``blockers``: (code, values) of what forbids to code it: an open document or a
    settlement that may explain it (the matcher's question, a candidate it could not decide)."""

    case: Case
    company: int
    journal: int
    partner: int | None = None
    blockers: tuple[tuple[str, dict], ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A visible rule: all of its conditions hold, then its template is proposed. ``None`` conditions hold always.

    ``tokens`` are words (normalised as ``engine.text`` does) that the bank text must hold, all of them; ``phrase``
    stands in it as it is written, ``without`` does not, ``pattern`` (of ``rules.is_safe_pattern``) is found in it.
    ``least`` and ``most`` bound the amount without its sign; with ``currency`` they, and ``fixed``, count only for
    lines in it. ``shares``: percent of each part of the template, in its order, of what the ``fixed`` amounts leave
    (along the payment's direction; negative: against it), None where the share counts. ``labels`` go with the parts.
    ``is_released``: policies may accept. ``key`` is negative for Odoo's own reconciliation models.
    """

    key: int
    template: Template
    tokens: tuple[str, ...] = ()
    payee: str | None = None
    partner: int | None = None
    sign: int | None = None  # 1: receipts, -1: payments
    least: Decimal | None = None
    most: Decimal | None = None
    journals: frozenset[int] = frozenset()
    shares: tuple[Decimal, ...] = (Decimal(100),)
    fixed: tuple[Decimal | None, ...] = ()
    label: str = ""
    name: str = ""
    set_partner: int | None = None
    is_released: bool = False
    partners: frozenset[int] = frozenset()
    phrase: str = ""
    without: str = ""
    pattern: str = ""
    currency: str = ""
    labels: tuple[str, ...] = ()
    support: tuple[int, int] = (0, 0)  # (proposed and decided, of these accepted as they stood)


@dataclass(frozen=True, slots=True)
class CodingSettings:
    """The company's choices. ``forbidden``: accounts that people described as "do not use"."""

    company: int
    currency: str
    forbidden: frozenset[int] = frozenset()
    claims_without_document: bool = False  # input VAT is claimed and flagged; else gross goes to cost
    exempt_accounts: frozenset[int] = frozenset()  # no document is asked for


@dataclass(frozen=True, slots=True)
class CodingFacts:
    """Everything one coding run knows. ``rejected``: fingerprints of proposals that people rejected, per line key.

    ``balance_sheet``: accounts that are settled without tax, {account: (balance before, currency)}.
    """

    settings: CodingSettings
    lines: tuple[CodingLine, ...]
    learner: Learner
    rules: tuple[Rule, ...] = ()
    balance_sheet: Mapping[int, tuple[Decimal, str]] = field(default_factory=dict)
    places: Mapping[str, int] = field(default_factory=dict)
    rejected: Mapping[int, frozenset[str]] = field(default_factory=dict)
