"""Field :86: of MT940: German and Polish subfields, Dutch keywords, SEPA keywords, free text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from .reference import joined, references

# "166?00GUTSCHRIFT?20SVWZ+...": three digits, then the bank's own mark before each two-digit key.
_SUBFIELDS = re.compile(r"\s*(\d{3})([^\w\s/:.,+-])(?=\d\d)")
_FULL_SUBFIELD = 27
# 65 by the standard; some banks count the line break.
_FULL_LINE = 64

_SEPA = re.compile(r"(?<![A-Z])(EREF|KREF|MREF|CRED|DEBT|SVWZ|ABWA|ABWE|COAM|OAMT|PURP|IBAN|BIC)\+")
_SEPA_COLON = re.compile(r"(?:^|(?<=\s))(EREF|KREF|MREF|CRED|SVWZ|ABWA|ABWE|IBAN|BIC):")

_DUTCH = re.compile(
    r"/(TRTP|TRCD|IBAN|BIC|NAME|REMI|EREF|KREF|MARF|CSID|ORDP|BENM|ISDT|RTRN|PREF|CNTP|PURP|ULTC|"
    r"ULTD|ULTB|ADDR|INIT|SVCL|OCMT|CHGS|EXCH|SUBD|ACCW|NRTX|SWIFT)/"
)
_KNAB = re.compile(r"REK:\s*(?P<account>[A-Z0-9]{5,34})/NAAM:\s*(?P<name>.+)$", re.DOTALL)
IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}")


@dataclass(frozen=True)
class Details:
    """What field :86: says; ``raw`` keeps its subfields or keywords."""

    text: str = ""
    name: str = ""
    account: str = ""
    references: tuple[str, ...] = ()
    code: str = ""
    raw: dict[str, str] = field(default_factory=dict)


def read_details(fields: list[list[str]]) -> Details:
    """Read the :86: fields of one transaction; each is a list of its raw lines."""
    solid = "".join(line for lines in fields for line in lines)
    subfields = _SUBFIELDS.match(solid)
    if subfields:
        return _german(solid[subfields.end() :], subfields.group(1), subfields.group(2))
    flowing = joined(_unwrapped(lines) for lines in fields)
    if len(_DUTCH.findall("/" + solid)) > 1 and solid.lstrip().startswith("/"):
        return _dutch(joined(_unwrapped(lines) for lines in fields))
    parts = _keywords(flowing)
    if parts:
        return _sepa(parts)
    knab = _KNAB.search(flowing)
    if knab:
        return Details(
            text=flowing[: knab.start()].strip(),
            name=knab["name"].strip(),
            account=knab["account"],
        )
    return Details(text=flowing)


def _unwrapped(lines: list[str]) -> str:
    """Join lines; one that fills its 65 characters was broken inside a word."""
    text = ""
    for line in lines:
        text += line if len(line) >= _FULL_LINE else line + " "
    return " ".join(text.split())


def _german(body: str, code: str, mark: str) -> Details:
    """?20-?29 and ?60-?63 are text, ?30 bank, ?31 account, ?32-?33 name, ?34 return reason."""
    parts: dict[str, str] = {}
    for piece in re.split(re.escape(mark) + r"(?=\d\d)", body):
        key, value = piece[:2], piece[2:]
        if key in parts:
            value = parts[key] + value
        parts[key] = value
    purpose, more_text = _run_on(parts, "2"), _run_on(parts, "6")
    if "29" in parts:
        purpose, more_text = purpose + more_text, ""
    # The names of ?32 and ?33 run on: the first is full at 27 characters and may end in a word.
    name, more = parts.get("32", ""), parts.get("33", "")
    name = name + more if len(name) >= _FULL_SUBFIELD else f"{name} {more}"
    reason = parts.get("34", "").strip().strip("0")
    found = _sepa(_keywords(purpose) or {"SVWZ": purpose})
    account = parts.get("31", "").strip() or found.account
    booking = parts.get("00", "").strip()
    raw = {f"?{key}": value.strip() for key, value in parts.items() if value.strip()}
    return replace(
        found,
        text=joined([found.text or joined([purpose, booking]), more_text]),
        name=" ".join(name.split()) or found.name,
        account=account.replace(" ", ""),
        code=f"{code} {parts['34'].strip()}" if reason else code,
        raw={**raw, **found.raw},
    )


def _run_on(parts: dict[str, str], first_digit: str) -> str:
    """Join the subfields of one kind; one that is full runs on in the next without a blank."""
    texts = [parts[key] for key in sorted(parts) if key.startswith(first_digit)]
    return "".join(text if len(text) >= _FULL_SUBFIELD else text + " " for text in texts)


def _keywords(text: str) -> dict[str, str]:
    """Split "EREF+A SVWZ+B" (or "EREF: A SVWZ: B"); the text before the first has the key ""."""
    for pattern in (_SEPA, _SEPA_COLON):
        found = list(pattern.finditer(text))
        if found:
            ends = [match.start() for match in found[1:]] + [len(text)]
            parts = {"": text[: found[0].start()]}
            for match, end in zip(found, ends, strict=True):
                parts.setdefault(match.group(1), text[match.end() : end])
            return {key: " ".join(value.split()) for key, value in parts.items()}
    return {}


def _sepa(parts: dict[str, str]) -> Details:
    account = parts.get("IBAN", "").replace(" ", "")
    found = IBAN.match(account)
    return Details(
        text=joined([parts.get("", ""), parts.get("SVWZ", "")]),
        name=parts.get("ABWA") or parts.get("ABWE") or "",
        account=found.group() if found else "",
        references=references(parts.get(key, "") for key in ("EREF", "KREF", "MREF")),
        raw={key: value for key, value in parts.items() if key and value},
    )


def _dutch(text: str) -> Details:
    """ "/EREF/x/BENM//NAME/y/REMI/z" (ABN AMRO, Rabobank, ING): a keyword, then its value."""
    found = list(_DUTCH.finditer(text))
    parts: dict[str, str] = {}
    position = 0
    while position < len(found):
        start = found[position].end()
        # Empty values share their slash with the next keyword ("/BENM//NAME/").
        following = _DUTCH.search(text, start - 1)
        end = following.start() if following else len(text)
        parts.setdefault(found[position].group(1), text[start:end].strip(" /"))
        position += 1
    remittance = parts.get("REMI", "")
    reference = ""
    if remittance.startswith("STRD/"):
        reference, remittance = remittance.rsplit("/", 1)[-1], ""
    remittance = remittance.removeprefix("USTD//")
    account, name = parts.get("IBAN", ""), parts.get("NAME", "")
    if "CNTP" in parts:
        account, _bic, name, *_city = [*parts["CNTP"].split("/"), "", "", ""]
    return Details(
        text=joined([remittance, parts.get("RTRN", "")]) or parts.get("TRTP", ""),
        name=" ".join(name.split()),
        account=account.replace(" ", ""),
        references=references([reference, *(parts.get(key, "") for key in ("EREF", "KREF", "PREF", "MARF"))]),
        code=parts.get("RTRN", ""),
        raw={key: value for key, value in parts.items() if value},
    )
