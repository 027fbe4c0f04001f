"""Whether a bill is for the company in whose books it would stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from ..matching.parties import mentions
from ..text import squeeze
from .told import NEAR, confidence_of, likeness, one_line, same_vat, values_of

US, OTHER, STRANGER, UNNAMED, UNKNOWN = "us", "other", "stranger", "unnamed", "unknown"
#: A buyer's name that was read with less certainty stops nothing.
READ_WELL = 0.5


@dataclass(frozen=True, slots=True)
class OwnCompany:
    """A company of the database. ``is_us``: in whose books the bill stands."""

    key: int
    names: tuple[str, ...] = ()
    vats: tuple[str, ...] = ()
    country: str = ""
    is_us: bool = False


@dataclass(frozen=True, slots=True)
class BuyerCheck:
    """``state``: ``us``, ``other`` (company ``key`` of the database), ``stranger``, ``unnamed`` (all of it was looked
    at, and this company stands nowhere), ``unknown`` (it names no buyer).
    ``how``: by what (``vat``, ``name``, ``text``); ``name`` and ``vat`` as the document prints them."""

    state: str = UNKNOWN
    key: int | None = None
    how: str = ""
    name: str = ""
    vat: str = ""


def check(reading: Any, buyers: Iterable[OwnCompany], text: str = "") -> BuyerCheck:
    """For whom a document is.

    :param reading: see :func:`engine.billing.vendor.resolve`
    :param buyers: this company and the others of the database
    :param text: all words of the document; where it names this company, the buyer that was read is a contact
    """
    told = values_of(reading)
    companies = sorted(buyers, key=lambda company: not company.is_us)
    name, vat = one_line(told.get("buyer", "")), told.get("buyer_vat", "")
    if same_vat(vat, told.get("vendor_vat", "")):
        vat = ""
    by_vat = _first(companies, lambda company: any(same_vat(vat, own, company.country) for own in company.vats))
    if by_vat:
        return _answer(by_vat, "vat", name, vat)
    by_name = _named(companies, name)
    if by_name:
        return _answer(by_name, "name", name, vat)
    us = next((company for company in companies if company.is_us), None)
    if us and _is_named(us, text):
        return BuyerCheck(US, us.key, "text", name, vat)
    is_read = confidence_of(reading, "buyer") >= READ_WELL or (vat and confidence_of(reading, "buyer_vat") >= READ_WELL)
    if (name or vat) and is_read:
        return BuyerCheck(STRANGER, None, "vat" if vat else "name", name, vat)
    return BuyerCheck(UNNAMED if text else UNKNOWN, name=name, vat=vat)


def _first(companies: Sequence[OwnCompany], holds) -> OwnCompany | None:
    return next((company for company in companies if holds(company)), None)


def _named(companies: Sequence[OwnCompany], name: str) -> OwnCompany | None:
    """The company whose name is most alike; this one wins over another that is not nearer."""
    if not name:
        return None
    scored = [(max((likeness(name, own) for own in company.names), default=0.0), company) for company in companies]
    best = max((score for score, _company in scored), default=0.0)
    return next((company for score, company in scored if score == best), None) if best >= NEAR else None


def _is_named(company: OwnCompany, text: str) -> bool:
    if not text:
        return False
    flat = squeeze(text)
    return bool(mentions(text, company.names)) or any(
        len(squeeze(vat)) >= 8 and squeeze(vat) in flat for vat in company.vats
    )


def _answer(company: OwnCompany, how: str, name: str, vat: str) -> BuyerCheck:
    return BuyerCheck(US if company.is_us else OTHER, company.key, how, name, vat)
