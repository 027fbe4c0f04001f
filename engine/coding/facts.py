"""Frozen facts of a coding run. Amounts are ``Decimal`` in the line's currency with the line's own sign."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from ..learning import Case, Learner
from .settling_facts import Known
from .splits import Splits
from .template import Template


@dataclass(frozen=True, slots=True)
class CodingLine:
    """A payment to be coded. ``blockers``: (code, values) of what forbids to code it: an open document or a
    settlement that may explain it (the matcher's question, a candidate it could not decide).

    ``partner`` is carried by the line or surely behind it. ``only_known``: the matcher would leave it open on the
    partner's account, so only what people decided before goes first. ``worth`` is the amount in the company's currency.
    """

    case: Case
    company: int
    journal: int
    partner: int | None = None
    blockers: tuple[tuple[str, dict], ...] = ()
    only_known: bool = False
    has_document: bool = False  # something is attached: input VAT may be claimed
    worth: Decimal | None = None


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
class Balance:
    """A balance-sheet account in the company's currency. ``sums[n]`` is its balance at the end of ``days[n]``."""

    account: int
    name: str
    days: tuple[date, ...] = ()
    sums: tuple[Decimal, ...] = ()

    def at(self, day: date) -> Decimal:
        """The balance at the end of ``day``, of what is posted with that date or earlier."""
        place = bisect_right(self.days, day)
        return self.sums[place - 1] if place else Decimal(0)


@dataclass(frozen=True, slots=True)
class CodingFacts:
    """Everything one coding run knows. ``rejected``: fingerprints of proposals that people rejected, per line key.

    ``balance_sheet``: accounts that are settled without tax. ``accounts``: those that may be booked on; None: any.
    ``taxes``: {tax that may be used: whether it claims input VAT}; None: any, and none claims. ``splits``: amounts of
    past codings with several parts. ``counterparts``: {line key: who is on its other side}, of those
    that people keep.
    """

    settings: CodingSettings
    lines: tuple[CodingLine, ...]
    learner: Learner
    rules: tuple[Rule, ...] = ()
    balance_sheet: Mapping[int, Balance] = field(default_factory=dict)
    places: Mapping[str, int] = field(default_factory=dict)
    rejected: Mapping[int, frozenset[str]] = field(default_factory=dict)
    accounts: frozenset[int] | None = None
    taxes: Mapping[int, bool] | None = None
    splits: Splits = field(default_factory=Splits)
    counterparts: Mapping[int, Known] = field(default_factory=dict)
