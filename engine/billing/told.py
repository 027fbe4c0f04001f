"""What a document tells of a party, made comparable: VAT ids, bank accounts, phones, domains, addresses, names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import phonenumbers

from ..slips import slips
from ..text import core_name, fold, is_digits, spellings, squeeze

#: Mail providers that say nothing about who writes; besides, a domain of many vendors says nothing either.
SHARED_DOMAINS = frozenset(
    """
    126.com 163.com aol.com bigpond.com bluewin.ch btinternet.com free.fr gmail.com gmx.at gmx.ch gmx.de gmx.net
    googlemail.com hotmail.co.uk hotmail.com hotmail.de hotmail.es hotmail.fr hotmail.it icloud.com laposte.net
    libero.it live.com live.nl mail.ru me.com msn.com naver.com orange.fr outlook.com outlook.de outlook.es outlook.fr
    proton.me protonmail.com qq.com rediffmail.com seznam.cz sfr.fr skynet.be t-online.de telenet.be tiscali.it
    uol.com.br wanadoo.fr web.de wp.pl yahoo.co.in yahoo.co.uk yahoo.com yahoo.de yahoo.fr yandex.ru ziggo.nl
    example.com example.net example.org
    """.split()
)
#: Names that belong to nobody (RFC 2606).
_RESERVED = frozenset(("example", "invalid", "localhost", "test"))
#: Second-level suffixes under which names are given out: example.co.uk is one owner, co.uk is none.
_SECOND = frozenset("ac asn co com edu gob gouv gov gv ltd me ne net nom or org plc sch".split())
#: Words that many names share: they identify nobody by themselves.
COMMON = frozenset(
    """
    AGENCY ASSOCIATES BROTHERS BUSINESS CENTER CENTRE CITY CONSULT CONSULTING DEUTSCHLAND DIGITAL DIRECT ENERGY EUROPE
    FRANCE GERMANY GLOBAL GROEP GROUP GROUPE GRUPO GRUPPE HANDEL HOLDING HOTEL IBERICA INDIA INDUSTRIES INTERNATIONAL
    ITALIA LOGISTICS MANAGEMENT MARKETING MEDIA NEDERLAND NEW ONLINE PARTNER PARTNERS RESTAURANT SALES SERVICE
    SERVICES SHOP SOFTWARE SOLUTIONS STORE SUPPLIES SUPPLY SYSTEMS TECHNOLOGIES TECHNOLOGY TRADING UK USA VERTRIEB
    """.split()
)
#: Names are alike from here on; equal ones are 1.
NEAR = 0.8
#: So many letters at the beginning are what is left of a name that was cut.
_CUT = 10
#: The least weight of a short name that a longer one begins with: an abbreviation of three letters.
_TELLING = 0.6
_WORD = re.compile(r"\s+")


def values_of(reading: Any) -> dict[str, str]:
    """{field: value} of a ``Reading``, of its JSON form, or of a plain mapping of values."""
    fields = reading.get("fields", reading) if isinstance(reading, Mapping) else reading.fields
    found = {name: _value(told) for name, told in fields.items()}
    return {name: value for name, value in found.items() if value}


def _value(told: Any) -> str:
    if isinstance(told, Mapping):
        told = told.get("value")
    return str(getattr(told, "value", told) or "")


def confidence_of(reading: Any, name: str) -> float:
    """Of one field; 1 where the form carries none, 0 where the field is missing."""
    fields = reading.get("fields", reading) if isinstance(reading, Mapping) else reading.fields
    told = fields.get(name)
    if not _value(told):
        return 0.0
    if isinstance(told, Mapping):
        return float(told.get("confidence", 1.0))
    return float(getattr(told, "confidence", 1.0))


# === NUMBERS === #


@lru_cache(maxsize=65536)
def vat_parts(vat: str) -> tuple[str, str]:
    """(country prefix or empty, the number): ``BE 0477.472.701`` gives ("BE", "0477472701"). Texts without any digit
    are no VAT id."""
    flat = squeeze(vat)
    if len(flat) < 4 or not any(char.isdigit() for char in flat):
        return "", ""
    prefix = flat[:2] if flat[:2].isalpha() and not flat[:3].isalpha() else ""
    if flat.startswith("CHE"):
        prefix = "CH"
        return prefix, re.sub(r"(MWST|TVA|IVA|VAT)$", "", flat[3:])
    number = flat[len(prefix) :]
    return ("GR" if prefix == "EL" else prefix), number


def same_vat(one: str, other: str, country: str = "") -> bool:
    """Whether two VAT ids are the same one; a missing country prefix is taken from ``country`` or forgiven when the
    number is long enough to identify somebody."""
    first, number = vat_parts(one)
    second, mate = vat_parts(other)
    if not number or _plain(number) != _plain(mate):
        return False
    if first and second:
        return first == second
    alone = first or second
    return not (country and alone) or alone == country or len(_plain(number)) >= 9


def _plain(number: str) -> str:
    """Belgian numbers are written with and without their leading zero."""
    return number.lstrip("0") or number


def is_other_vat(one: str, others: tuple[str, ...]) -> bool:
    """Whether ``one`` is the id of somebody else: ids of the same country are known, and none is it. One slip of a
    scan makes nobody somebody else."""
    prefix, number = vat_parts(one)
    rivals = [mate for start, mate in map(vat_parts, others) if mate and (start == prefix or not start or not prefix)]
    return bool(number and rivals) and all(slips(_plain(number), _plain(mate), 1) > 1 for mate in rivals)


@lru_cache(maxsize=65536)
def phone_key(phone: str, country: str = "") -> str:
    """E.164 form; the last nine digits where it can't be parsed; empty for what is no phone number."""
    parsed = _parsed(phone, country)
    if parsed and phonenumbers.is_possible_number(parsed):
        return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    digits = "".join(char for char in phone if is_digits(char))
    return digits[-9:] if len(digits) >= 7 else ""


def _parsed(phone: str, country: str) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(phone, country or None)
    except phonenumbers.NumberParseException:
        return None


def same_phone(one: str, other: str) -> bool:
    """Of two keys of :func:`phone_key`; one of them may lack its country."""
    if not one or not other:
        return False
    return one == other or (one[0] != "+" or other[0] != "+") and one[-8:] == other[-8:]


@lru_cache(maxsize=65536)
def domain_of(address: str) -> str:
    """The registered domain of a mail address or website; empty for none and for those of mail providers."""
    host = address.strip().lower().rsplit("@", 1)[-1]
    host = re.sub(r"^[a-z]+://", "", host).split("/", 1)[0].split(":", 1)[0].strip(".")
    labels = [label for label in host.split(".") if label]
    if len(labels) < 2 or " " in host or any(not re.fullmatch(r"[\w-]+", label) for label in labels):
        return ""
    size = 3 if len(labels) >= 3 and labels[-2] in _SECOND and len(labels[-1]) == 2 else 2
    domain = ".".join(labels[-size:])
    is_shared = domain in SHARED_DOMAINS or labels[-1] in _RESERVED
    return "" if is_shared or labels[-size] in _SECOND else domain


def street_key(street: str) -> str:
    """Street and number without blanks, points and the usual abbreviations of "street"."""
    text = fold(street)
    text = re.sub(r"STRASSE|STRASE|STRAAT|STREET|STR\b", "ST", text)
    return squeeze(text)


# === NAMES === #


def likeness(one: str, other: str) -> float:
    """How alike two names are: 1 for the same words (legal forms, accents, order and blanks aside), ``NEAR`` and more
    for slips of the pen and for names that contain each other, 0 for different ones."""
    return max(
        (
            _likeness(first, second)
            for first in map(core_name, spellings(one))
            for second in map(core_name, spellings(other))
        ),
        default=0.0,
    )


@lru_cache(maxsize=65536)
def _likeness(first: tuple[str, ...], second: tuple[str, ...]) -> float:
    if not first or not second:
        return 0.0
    flat, mate = "".join(first), "".join(second)
    if flat == mate or sorted(first) == sorted(second):
        return 1.0
    if _is_slip(first, second):
        return 0.95
    if min(len(flat), len(mate)) >= _CUT and (flat.startswith(mate) or mate.startswith(flat)):
        return 0.9
    if _is_family(first, second):
        return 0.82
    short, long = sorted((first, second), key=lambda words: sum(map(_weight, words)))
    told, total, whole = _told(short, long), sum(map(_weight, short)), sum(map(_weight, long))
    if told / total < 0.99:
        return min(0.75, 0.75 * told / max(total, 1.0) * (total / whole))
    if long[: len(short)] == short and total >= _TELLING:
        return 0.85
    # The longer one names what the shorter does, and more: a branch, a brand, or another one of the same family.
    return NEAR + 0.1 * (told / whole) if told >= 1.0 else 0.5 * told / whole


def _is_slip(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    """Whether what the names do not share differs by a slip only: in five letters one, in ten two."""
    rest, other = ("".join(w for w in words if w not in mates) for words, mates in ((first, second), (second, first)))
    allowed = min(len(rest), len(other)) // 5
    return bool(allowed) and slips(rest, other, min(allowed, 2)) <= min(allowed, 2)


def _is_family(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    """Whether they share a telling word, and nothing but common words tells them apart."""
    shared = set(first) & set(second)
    rest = (set(first) | set(second)) - shared
    return any(len(word) >= 5 and word not in COMMON for word in shared) and all(
        word in COMMON or len(word) <= 2 for word in rest
    )


def _told(short: tuple[str, ...], long: tuple[str, ...]) -> float:
    """The weight of the short name's words that the long one has too, up to a slip in words of five letters."""
    left, told = list(long), 0.0
    for word in short:
        mate = next((other for other in left if _same_word(word, other)), None)
        if mate is not None:
            left.remove(mate)
            told += _weight(word)
    return told


def _same_word(word: str, other: str) -> bool:
    if word == other:
        return True
    return not {word, other} & COMMON and min(len(word), len(other)) >= 5 and slips(word, other, 1) <= 1


def _weight(word: str) -> float:
    """Common and short words tell little."""
    if word in COMMON:
        return 0.25
    return 0.2 if len(word) == 1 else 0.6 if len(word) <= 3 else 1.0


def name_keys(name: str) -> set[str]:
    """Keys under which a name is found: its words by their first four letters, and its whole letters."""
    keys = set()
    for spelling in spellings(name):
        core = core_name(spelling)
        keys.add("".join(core)[:12])
        keys.update(word[:4] for word in core if word not in COMMON)
        keys.update(first + second for first, second in zip(core, core[1:], strict=False) if len(first + second) <= 8)
    return keys - {""}


def one_line(text: str) -> str:
    return _WORD.sub(" ", text).strip()
