"""References and account numbers with valid check digits, and how payers really quote them."""

from __future__ import annotations

import random
import re

_LENGTHS = {"BE": 12, "DE": 18, "FR": 23, "ES": 20}  # digits after the check digits
_BANKS = {"NL": ("ABNA", "INGB", "RABO"), "GB": ("BARC", "NWBK", "LOYD"), "IT": ("X",)}


def _digits(rng: random.Random, count: int) -> str:
    return "".join(rng.choice("0123456789") for _ in range(count))


def _mod97(text: str) -> int:
    return int("".join(str(int(char, 36)) for char in text)) % 97


def iban(rng: random.Random, country: str) -> str:
    """A valid IBAN; a plain account number where the country has none."""
    if country == "US":
        return _digits(rng, 10)
    if country in _LENGTHS:
        body = _digits(rng, _LENGTHS[country])
    else:
        bank = rng.choice(_BANKS[country])
        body = bank + _digits(rng, {"NL": 10, "GB": 14, "IT": 22}[country])
    return f"{country}{98 - _mod97(body + country + '00'):02d}{body}"


def creditor_reference(number: int) -> str:
    """ISO 11649 (RF)."""
    body = f"{number:08d}"
    return f"RF{98 - _mod97(body + 'RF00'):02d}{body}"


def ogm(number: int) -> str:
    """The Belgian structured communication."""
    body = f"{number:010d}"
    digits = f"{body}{(number % 97) or 97:02d}"
    return f"+++{digits[:3]}/{digits[3:7]}/{digits[7:]}+++"


def structured(model: str, number: int) -> str:
    """The structured reference of a document under the company's model; empty for ``none``."""
    if model == "ogm":
        return ogm(number)
    return creditor_reference(number) if model == "rf" else ""


def _split(number: str) -> tuple[str, str, str]:
    """Prefix, year and sequence of a document number, as far as it has them."""
    found = re.match(r"^([A-Za-z]*)\W*((?:20)?\d\d)\W(?:\d\d\W)?(\d+)$", number)
    if found:
        return found.groups()  # type: ignore[return-value]
    prefix, sequence = re.match(r"^(.*?)(\d+)$", number).groups()
    return prefix.strip("-/ "), "", sequence


def quote(rng: random.Random, number: str, style: str) -> str:
    """The number as a payer writes it."""
    prefix, year, sequence = _split(number)
    if style == "digits":
        return rng.choice((f"{year}{sequence}", f"{year}/{sequence}", f"{year} {sequence}")).strip("/ ")
    if style == "short":
        label = rng.choice(("INVOICE ", "RG ", "FACT ", "FACTUUR ", "INV ", "NR ", ""))
        return label + (sequence.lstrip("0") or "0")
    return rng.choice(
        (
            number,
            number,
            number.replace("/", "-"),
            number.replace("/", " "),
            number.replace("/", "").replace("-", ""),
            number.lower(),
        )
    )


def mistype(rng: random.Random, text: str) -> str:
    """One digit wrong, or two neighbours swapped."""
    spots = [index for index, char in enumerate(text) if char.isdigit()]
    if len(spots) < 4:
        return text
    spot = rng.choice(spots[-4:])
    if rng.random() < 0.5 and spot + 1 < len(text) and text[spot + 1] != text[spot]:
        return text[:spot] + text[spot + 1] + text[spot] + text[spot + 2 :]
    return text[:spot] + rng.choice("0123456789".replace(text[spot], "")) + text[spot + 1 :]


def wrong_year(text: str) -> str:
    """The sequence of this year's invoice behind last year's number, as in January."""
    found = re.search(r"20(\d\d)", text)
    if not found:
        return text
    return text[: found.start()] + f"20{int(found.group(1)) - 1:02d}" + text[found.end() :]
