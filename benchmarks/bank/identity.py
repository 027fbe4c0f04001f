"""Whom a line names and which documents it quotes, read from what is visible.

These rules are written for the benchmark and share no code with the matcher. They are narrow on
purpose: they say what a careful person cannot overlook, not how to find it fast.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from .ledger import Open
from .noise import plain, without_form
from .values import Line, Partner

_TOKEN = re.compile(r"[A-Z0-9]+")
_GLUE = r"[^A-Z0-9]*"
_SERIES = {"INV", "RINV", "BILL", "RBILL", "RE", "VF", "CHQ", "RUN", "PBNK"}


def upper(text: str) -> str:
    return plain(text).upper()


def squash(text: str) -> str:
    return "".join(_TOKEN.findall(upper(text)))


def one_slip(left: str, right: str) -> bool:
    """Equal but for one wrong, missing or extra character, or two neighbours swapped."""
    if left == right:
        return True
    if abs(len(left) - len(right)) > 1:
        return False
    start = next(
        (i for i, (a, b) in enumerate(zip(left, right, strict=False)) if a != b),
        min(len(left), len(right)),
    )
    if len(left) == len(right):
        swapped = left[:start] + left[start + 1 : start + 2] + left[start : start + 1] + left[start + 2 :]
        return swapped == right or left[start + 1 :] == right[start + 1 :]
    longer, shorter = (left, right) if len(left) > len(right) else (right, left)
    return longer[:start] + longer[start + 1 :] == shorter


class Directory:
    """The partners' names and accounts as the books have them."""

    def __init__(self, partners: dict[int, Partner]) -> None:
        self._accounts = {p.iban: p.key for p in partners.values() if p.iban_known}
        self._names = {p.key: self._spellings(p) for p in partners.values()}

    @staticmethod
    def _spellings(partner: Partner) -> tuple[tuple[str, ...], ...]:
        core = partner.name if partner.person else without_form(partner.name)
        spellings = [tuple(_TOKEN.findall(upper(partner.name))), tuple(_TOKEN.findall(upper(core)))]
        if partner.person:
            first, last = partner.name.split(" ", 1)
            spellings.append(tuple(_TOKEN.findall(upper(f"{last} {first}"))))
        return tuple(dict.fromkeys(spellings))

    def parties(self, line: Line) -> set[int]:
        """The partners that the line may name: by account, else by the fullest name there."""
        if line.account_number in self._accounts:
            return {self._accounts[line.account_number]}
        tokens = tuple(_TOKEN.findall(upper(line.partner_name or line.text)))
        scores = {key: max(_name_score(name, tokens) for name in names) for key, names in self._names.items()}
        best = max(scores.values(), default=0)
        return {key for key, score in scores.items() if score == best} if best > 0 else set()


def _name_score(name: tuple[str, ...], tokens: tuple[str, ...]) -> float:
    """How much of ``name`` stands in ``tokens``; less when cut off or misspelt."""
    whole = "".join(name)
    for start in range(len(tokens)):
        window = tokens[start : start + len(name)]
        if window == name:
            return float(len(whole))
        if len(whole) >= 7 and (one_slip("".join(window), whole) or one_slip("".join(window[:-1]), whole)):
            return len(whole) - 1.5
        for size in range(len(name), 0, -1):
            cut = "".join(tokens[start : start + size])
            if len(cut) >= 8 and len(cut) >= 0.6 * len(whole) and whole.startswith(cut):
                return len(cut) - 0.5
    return 0.0


@dataclass(frozen=True, slots=True)
class _Shape:
    """How a document number may stand in a text."""

    whole: re.Pattern | None  # all of it, whatever the separators
    dated: re.Pattern | None  # year and sequence without the series' letters
    bare: re.Pattern | None  # the sequence alone
    letters: str  # of the series
    digits: str  # what is compared for slips


@lru_cache(maxsize=50000)
def _shape(number: str) -> _Shape:
    squashed, runs = squash(number), re.findall(r"\d+", number)
    if not runs:
        return _Shape(None, None, None, "", "")
    edge = r"(?<!\d)" if squashed[0].isdigit() else r"(?<![A-Z])"
    whole = re.compile(f"{edge}{_GLUE.join(squashed)}(?!\\d)") if len(squashed) >= 5 else None
    sequence = runs[-1].lstrip("0") or "0"
    year = next((run for run in runs[:-1] if re.fullmatch(r"20\d\d", run)), "")
    forms = [rf"{year}\D?0*{sequence}"] if year else []
    if year and len(runs[-1]) > 3:
        forms.append(rf"{year[2:]}\D?{runs[-1]}")
    if not year and (len(runs) > 1 and len(runs[-1]) > 3 or len(runs[-1]) > 5):
        forms.append(r"\D?".join(runs))  # a vendor's number without its letters
    dated = re.compile(rf"(?<!\d)(?:{'|'.join(forms)})(?!\d)") if forms else None
    letters = re.match(r"[A-Z]*", squashed).group()
    digits = squashed if len(squashed) <= 8 else "".join(runs)
    return _Shape(whole, dated, re.compile(rf"(?<![\dA-Z])0*{sequence}(?!\d)"), letters, digits)


def _names(item: Open) -> tuple[str, ...]:
    """What may be quoted of an item: numbers, each word of a payment's memo, the batch."""
    return () if item.kind in ("entry", "transfer") else _words((*item.names, item.batch))


@lru_cache(maxsize=50000)
def _words(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for text in texts for word in (text, *text.split(" ")) if word))


def _stands(text: str, number: str) -> bool:
    shape = _shape(number)
    if shape.whole and shape.whole.search(text):
        return True
    if not shape.dated:
        return False
    for match in shape.dated.finditer(text):
        before = re.search(r"([A-Z]+)[^A-Z0-9]*$", text[: match.start()])
        if not before or before.group(1) not in _SERIES or before.group(1) == shape.letters:
            return True
    return False


def strongly_quoted(line: Line, items: list[Open]) -> set[int]:
    """Documents whose number (or year and sequence) stands in the text or a reference."""
    return set(quoted_numbers(line, items))


def quoted_numbers(line: Line, items: list[Open]) -> dict[int, str]:
    """The same with the number that stands there: two vendors may use one number."""
    text = upper(" ".join((line.text, *line.references)))
    if not any(char.isdigit() for char in text):
        return {}
    found = {}
    for item in items:
        number = next((name for name in _names(item) if _stands(text, name)), "")
        if number:
            found[item.document] = number
    return found


def weakly_quoted(line: Line, items: list[Open]) -> tuple[frozenset[int], ...]:
    """Per number that stands there alone: the documents whose sequence it is."""
    text = upper(line.text)
    found: dict[str, set[int]] = {}
    for item in items:
        for name in _names(item):
            bare = _shape(name).bare
            match = bare and bare.search(text)
            if match:
                found.setdefault(match.group().lstrip("0"), set()).add(item.document)
    return tuple(frozenset(documents) for documents in found.values())


def slipped(line: Line, items: list[Open]) -> set[int]:
    """The one document whose number stands there with one slip; none when several do."""
    text = squash(line.text)
    found = set()
    for item in items:
        for name in _names(item):
            number = _shape(name).digits
            size = len(number)
            if size >= 6 and any(one_slip(text[i : i + size], number) for i in range(len(text) - size + 1)):
                found.add(item.document)
    return found if len(found) == 1 else set()
