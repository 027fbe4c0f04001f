"""Whose bill it is: a vendor that the books know, or a new one; never a near-twin of one that exists.

The order is that of what can be forged or misread least: VAT id, bank account, register number, then the name with
what stands around it (phone, domain, address). Two that fit equally well are asked about.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..text import core_name, squeeze
from .told import (
    COMMON,
    NEAR,
    domain_of,
    is_other_vat,
    likeness,
    name_keys,
    one_line,
    phone_key,
    same_phone,
    same_vat,
    street_key,
    values_of,
)

#: From here on a vendor is proposed; below, somebody is asked.
SURE = 0.9
#: A second one nearer than this: asked.
MARGIN = 0.05
#: How many others are shown.
ALTERNATIVES = 5

VAT, IBAN, REGISTRY, KNOWN_AS, NAME, NEAR_NAME = "vat", "iban", "registry", "known_as", "name", "near_name"
PHONE, DOMAIN, ADDRESS = "phone", "domain", "address"


@dataclass(frozen=True, slots=True)
class Vendor:
    """One partner as the books know it, with its contacts and branches. ``known_as``: names that stood on bills which
    people accepted as its own. ``bills``: posted ones. ``country``: ISO 3166-1 alpha-2."""

    key: int
    names: tuple[str, ...] = ()
    known_as: tuple[str, ...] = ()
    vats: tuple[str, ...] = ()
    ibans: tuple[str, ...] = ()
    registries: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    addresses: tuple[tuple[str, str, str], ...] = ()  # street, zip, city
    mails: tuple[str, ...] = ()  # mail addresses and websites
    country: str = ""
    bills: int = 0
    is_active: bool = True


@dataclass(frozen=True, slots=True)
class Candidate:
    """A vendor that it may be: ``score`` 0..1, ``how`` it was found, ``signs`` that speak for it, ``against`` it."""

    key: int
    score: float
    how: str
    signs: tuple[str, ...] = ()
    against: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VendorChoice:
    """``key``: the vendor, or None. Then ``is_new`` says that none is near and ``proposed`` holds the values of a new
    one; otherwise ``alternatives`` are what a person chooses from. ``reasons``: (code, values)."""

    key: int | None = None
    confidence: float = 0.0
    how: str = ""
    is_new: bool = False
    reasons: tuple[tuple[str, dict[str, Any]], ...] = ()
    alternatives: tuple[Candidate, ...] = ()
    proposed: dict[str, str] = field(default_factory=dict)


def resolve(reading: Any, vendors: Iterable[Vendor]) -> VendorChoice:
    """The vendor of one document.

    :param reading: a ``Reading``, its JSON form, or a mapping of field names to values
    :param vendors: all that may be it, as ``ai.facts.vendor._collect`` finds them
    """
    told = values_of(reading)
    found = [candidate for vendor in vendors if (candidate := _weigh(told, vendor))]
    active = {vendor.key for vendor in vendors if vendor.is_active}
    found.sort(key=lambda candidate: (-candidate.score, candidate.key not in active, candidate.key))
    if not found:
        return _new(told)
    best, rest = found[0], found[1:]
    rivals = [other for other in rest if best.score - other.score < MARGIN]
    reasons = _reasons(best, told)
    if rivals:
        return VendorChoice(reasons=(("vendor_several", {"count": len(rivals) + 1}),), alternatives=_shown(found))
    if best.score < SURE:
        return VendorChoice(reasons=(("vendor_near", {}), *reasons), alternatives=_shown(found))
    if best.key not in active:
        return VendorChoice(reasons=(("vendor_archived", {}), *reasons), alternatives=_shown(found))
    return VendorChoice(best.key, best.score, best.how, False, reasons, _shown(rest))


def _shown(found: Sequence[Candidate]) -> tuple[Candidate, ...]:
    return tuple(found[:ALTERNATIVES])


def _reasons(best: Candidate, told: dict[str, str]) -> tuple[tuple[str, dict[str, Any]], ...]:
    said = {
        VAT: told.get("vendor_vat", ""),
        IBAN: told.get("vendor_iban", ""),
        REGISTRY: told.get("vendor_registry", ""),
        PHONE: told.get("vendor_phone", ""),
        DOMAIN: domain_of(told.get("vendor_email", "")) or domain_of(told.get("vendor_website", "")),
    }
    name = told.get("vendor", "")
    rows = [(f"vendor_{sign}", {"value": said.get(sign, name)}) for sign in best.signs]
    return (*rows, *((f"vendor_other_{sign}", {"value": said.get(sign, name)}) for sign in best.against))


# === ONE VENDOR === #


def _weigh(told: dict[str, str], vendor: Vendor) -> Candidate | None:
    """None when nothing speaks for this vendor."""
    name, score = _name_sign(told, vendor)
    signs = _signs(told, vendor)
    against = _against(told, vendor, signs)
    if name:
        signs = (*signs, name)
    how, value = _judge(signs, score, against, told, vendor)
    if not how:
        return None
    if vendor.bills and value < SURE:
        value = min(value + 0.01, SURE - 0.01)
    return Candidate(vendor.key, round(value, 4), how, signs, against)


def _signs(told: dict[str, str], vendor: Vendor) -> tuple[str, ...]:
    country = told.get("vendor_country", "") or vendor.country
    checks = (
        (VAT, any(same_vat(told.get("vendor_vat", ""), vat, country) for vat in vendor.vats)),
        (IBAN, _has(told, "vendor_iban", vendor.ibans)),
        (REGISTRY, _has(told, "vendor_registry", (*vendor.registries, *vendor.vats)) and _is_long(told)),
        (PHONE, _has_phone(told, vendor, country)),
        (DOMAIN, bool(_domains(told) & {domain_of(mail) for mail in vendor.mails})),
        (ADDRESS, _has_address(told, vendor)),
    )
    return tuple(sign for sign, holds in checks if holds)


def _has(told: dict[str, str], name: str, known: tuple[str, ...]) -> bool:
    value = squeeze(told.get(name, ""))
    return bool(value) and any(squeeze(other) == value for other in known)


def _is_long(told: dict[str, str]) -> bool:
    return len(squeeze(told.get("vendor_registry", ""))) >= 6


def _has_phone(told: dict[str, str], vendor: Vendor, country: str) -> bool:
    key = phone_key(told.get("vendor_phone", ""), country)
    return any(same_phone(key, phone_key(phone, vendor.country)) for phone in vendor.phones)


def _domains(told: dict[str, str]) -> set[str]:
    return {domain_of(told.get(name, "")) for name in ("vendor_email", "vendor_website")} - {""}


def _has_address(told: dict[str, str], vendor: Vendor) -> bool:
    """Street and number, and the place by its code or name."""
    street, code = street_key(told.get("vendor_street", "")), squeeze(told.get("vendor_zip", ""))
    city = squeeze(told.get("vendor_city", ""))
    if not street or not any(char.isdigit() for char in street):
        return False
    return any(
        street_key(own) == street and (code and squeeze(zip_code) == code or city and squeeze(place) == city)
        for own, zip_code, place in vendor.addresses
    )


def _name_sign(told: dict[str, str], vendor: Vendor) -> tuple[str, float]:
    name = told.get("vendor", "")
    if not name:
        return "", 0.0
    if any(likeness(name, other) == 1.0 for other in vendor.known_as):
        return KNOWN_AS, 1.0
    best = max((likeness(name, other) for other in vendor.names), default=0.0)
    return (NAME if best == 1.0 else NEAR_NAME if best >= NEAR else ""), best


def _against(told: dict[str, str], vendor: Vendor, signs: tuple[str, ...]) -> tuple[str, ...]:
    """What says that it is somebody else."""
    vat, country = told.get("vendor_vat", ""), told.get("vendor_country", "")
    checks = (
        (VAT, VAT not in signs and is_other_vat(vat, vendor.vats)),
        ("country", bool(VAT not in signs and country and vendor.country and country != vendor.country)),
    )
    return tuple(sign for sign, holds in checks if holds)


def _judge(
    signs: tuple[str, ...], alike: float, against: tuple[str, ...], told: dict[str, str], vendor: Vendor
) -> tuple[str, float]:
    """(how it was found, score). See docs/findings.md for what each way was measured at."""
    named = alike >= NEAR or KNOWN_AS in signs
    if VAT in signs:
        return VAT, 0.995 if named else 0.98 if IBAN in signs else 0.97
    if IBAN in signs:
        return IBAN, _by_iban(named, bool(told.get("vendor")), against)
    if REGISTRY in signs:
        return REGISTRY, 0.97 if named and VAT not in against else 0.8
    around = [sign for sign in signs if sign in (PHONE, DOMAIN, ADDRESS)]
    if KNOWN_AS in signs:
        return KNOWN_AS, 0.7 if against else 0.97
    if alike == 1.0:
        return NAME, _by_name(told["vendor"], around, against)
    if alike >= NEAR:
        return NEAR_NAME, 0.7 if against else 0.94 if len(around) >= 2 else 0.92 if around else alike - 0.15
    if around:
        return around[0], 0.6 if len(around) >= 2 and not against else 0.5 if not against else 0.4
    return "", 0.0


def _by_iban(named: bool, has_name: bool, against: tuple[str, ...]) -> float:
    """Factors and collectors are paid for many: their account alone, under another name or VAT id, proves nothing."""
    if VAT in against:
        return 0.7
    return 0.98 if named else 0.75 if has_name else 0.93


def _by_name(name: str, around: list[str], against: tuple[str, ...]) -> float:
    """A name of common or few letters may be anybody's."""
    if against:
        return 0.75
    if around:
        return 0.97
    telling = [word for word in core_name(name) if word not in COMMON]
    return 0.91 if sum(map(len, telling)) >= 5 else 0.85


# === NEW ONES, KEYS === #


def _new(told: dict[str, str]) -> VendorChoice:
    if not told.get("vendor"):
        return VendorChoice(reasons=(("vendor_missing", {}),))
    proposed = {
        name: one_line(told.get(f"vendor_{name}", ""))
        for name in ("vat", "street", "zip", "city", "country", "phone", "email", "iban")
    }
    values = {"name": one_line(told["vendor"]), **{name: value for name, value in proposed.items() if value}}
    return VendorChoice(is_new=True, reasons=(("vendor_new", {"value": values["name"]}),), proposed=values)


def keys(reading: Any) -> tuple[str, ...]:
    """By what a vendor's documents are known again before it is known who he is: strongest first."""
    told = values_of(reading)
    found = [
        ("vat", squeeze(told.get("vendor_vat", ""))),
        ("iban", squeeze(told.get("vendor_iban", ""))),
        *(("domain", domain) for domain in sorted(_domains(told))),
        ("phone", phone_key(told.get("vendor_phone", ""), told.get("vendor_country", ""))),
        ("name", "".join(core_name(told.get("vendor", "")))),
    ]
    return tuple(f"{kind}:{value}" for kind, value in found if value)


def near_names(readings: Iterable[Any], names: Iterable[tuple[int, str]]) -> set[int]:
    """Keys among (key, name) whose names may be those of the readings: a first sieve, by common beginnings of words."""
    wanted: set[str] = set()
    for reading in readings:
        wanted |= name_keys(values_of(reading).get("vendor", ""))
    if not wanted:
        return set()
    return {key for key, name in names if not wanted.isdisjoint(name_keys(name))}
