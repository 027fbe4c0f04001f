"""References that payers quote, normalised past separators, prefixes, leading zeros and years."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from ..text import Word, fold, groups, is_digits, squeeze

#: How well a text quotes an item, best last. ``year``: everything but the year; ``short``: only the running
#: number; ``tail``: the running number with its zeros; ``part``: prefix and running number.
LEVELS = ("none", "short", "typo", "year", "tail", "part", "full", "structured")
NONE, SHORT, TYPO, YEAR, TAIL, PART, FULL, STRUCTURED = range(len(LEVELS))

_WINDOW = 6
_GAP = 3
_GROUP_LIMIT = 240
_WORD_LENGTH = 6
_CHUNKS = re.compile(r"[\s,;|]+")
_PREFIX_LEVEL = {"F": FULL, "Z": FULL, "N": FULL, "P": PART, "T": TAIL, "Y": YEAR}


class Quote(NamedTuple):
    """A text quotes an item at ``level``, between ``start`` and ``end`` (-1: in a structured field)."""

    level: int
    start: int
    end: int


def reference_keys(text: str) -> set[str]:
    """Keys by which documents quoted in ``text`` are found.

    ``text``: a bank label, a structured reference or a document's name. Returned are

    - each run of four digits or more that is not a year (1900..2099), with and without leading zeros;
    - all digits of neighbouring runs joined, five or more (``INV/2026/00017``: ``202600017``), also when
      blanks stand between them (``INV 2026 00017``, ``+++090/9337/55493+++``: ``090933755493``);
    - letters and digits of a joined token, upper case (``RF18 5390 0754``: ``RF1853900754``; an EndToEndId).

    A document is quoted when ``reference_keys(its name)`` and ``reference_keys(bank text)`` meet. In SQL the same
    keys of a name are: ``regexp_replace(name, '\\D', '', 'g')``, its last run of digits with and
    without leading zeros, and ``upper(regexp_replace(name, '[^[:alnum:]]', '', 'g'))``.
    """
    keys: set[str] = set()
    for window in _windows(groups(text)):
        digits = "".join(group.text for group in window if is_digits(group.text))
        if _is_year(digits) or (len(window) == 1 and len(digits) < 4):
            continue
        if len(digits) >= 4 + (len(window) > 1) and is_digits(window[0].text) and is_digits(window[-1].text):
            keys.add(digits)
        if len(window) == 1 and len(digits.lstrip("0")) >= 3:
            keys.add(digits.lstrip("0"))
        if len(window) > 1 and not is_digits(window[0].text) and len(digits) >= 4:
            keys.add("".join(group.text for group in window))
    return keys


def text_keys(text: str) -> dict[str, tuple[int, int]]:
    """Typed keys of what a text may quote, each with its place (the first one)."""
    keys: dict[str, tuple[int, int]] = {}
    for window in _windows(groups(text)):
        place = (window[0].start, window[-1].end)
        for key in _window_keys([group.text for group in window]):
            keys.setdefault(key, place)
    return keys


def name_keys(name: str) -> set[str]:
    """Typed keys of a document's name; a memo that lists several numbers gives the keys of each."""
    chunks = _CHUNKS.split(name.strip()[:1000])
    if len(chunks) == 1:
        return _chunk_keys(name)
    keys = {key for key in _chunk_keys(name) if is_structured(key) or key[0] in "FZ" and len(chunks) <= 3}
    for chunk in chunks[:40]:
        keys.update(key for key in _chunk_keys(chunk) if _tells(key))
    return keys


def _tells(key: str) -> bool:
    """Whether a key found in a free text (a memo, an older bank label) can only mean a document."""
    return key[0] == "F" or (key[0] == "N" and len(key) > 6) or (key[0] == "Z" and len(key) > 8)


def _chunk_keys(chunk: str) -> set[str]:
    texts = [group.text for group in groups(chunk[:80])]
    if not texts or len(texts) > 8 or not any(is_digits(text) for text in texts):
        return set()
    keys = set(_window_keys(texts))
    digits = [text for text in texts if is_digits(text)]
    keys.update(_numeric_keys("".join(digits)))
    if len(digits) > 1:
        keys.add("Z" + "-".join(_bare(text) for text in digits))
        keys.update(_dated_keys(digits))
    tail = digits[-1]
    letters = "".join(text for text in texts if not is_digits(text))
    if letters and len(digits) > 1:
        keys.add(f"P{letters}-{_bare(tail)}")
        if _is_year(digits[0]):
            keys.add(f"Y{letters}-{_bare(tail)}")
    keys.update(_tail_keys(tail))
    return keys


def _dated_keys(digits: list[str]) -> list[str]:
    """Numbers that carry a year: also without the month between, and with a year of two digits."""
    keys = []
    if _is_year(digits[0]):
        keys.append(f"Z{digits[0][2:]}-{'-'.join(_bare(text) for text in digits[1:])}")
        if len(digits) > 2:
            keys += [f"Z{digits[0]}-{_bare(digits[-1])}", f"N{digits[0]}{digits[-1]}"]
    return keys


def _window_keys(texts: list[str]) -> list[str]:
    """Typed keys of neighbouring groups of a text."""
    keys = []
    digits = [text for text in texts if is_digits(text)]
    count = len("".join(digits))
    if len(texts) == 1:
        return _numeric_keys(texts[0]) + _tail_keys(texts[0])
    only_digits = len(digits) == len(texts)
    if count >= 4 and not only_digits:
        keys.append("F" + "".join(texts))
    if is_digits(texts[-1]):
        keys.append("Z" + "-".join(_bare(text) for text in texts))
        if only_digits:
            keys += _numeric_keys("".join(digits))
        elif not is_digits(texts[0]):
            keys += _lettered_keys(texts, digits)
    return keys


def _lettered_keys(texts: list[str], digits: list[str]) -> list[str]:
    letters = "".join(text for text in texts if not is_digits(text))
    if len(digits) == 1:
        return [f"P{letters}-{_bare(digits[0])}"]
    return [f"Y{letters}-{_bare(digits[-1])}"] if _is_year(digits[0]) else []


def _numeric_keys(digits: str) -> list[str]:
    """The joined digits, when there are enough of them to mean something."""
    if len(digits) < 5:
        return []
    bare = digits.lstrip("0")
    return ["N" + digits, "N" + bare] if len(bare) >= 5 and bare != digits else ["N" + digits]


def _tail_keys(tail: str) -> list[str]:
    if not is_digits(tail) or len(tail) < 4 or (len(tail) == 4 and _is_year(tail)):
        return []
    bare = tail.lstrip("0")
    return ["T" + tail, "T" + bare] if len(bare) >= 3 and bare != tail else ["T" + tail]


def _bare(text: str) -> str:
    return (text.lstrip("0") or "0") if is_digits(text) else text


def _is_year(digits: str) -> bool:
    return len(digits) == 4 and digits[:2] in ("19", "20")


def _windows(found: list[Word]) -> Iterable[list[Word]]:
    """Runs of up to six neighbouring groups that hold a digit and may be one reference."""
    found = found[:_GROUP_LIMIT]
    for first, group in enumerate(found):
        window = [group]
        if is_digits(group.text):
            yield list(window)
        for following in found[first + 1 : first + _WINDOW]:
            gap = following.start - window[-1].end
            if gap > _GAP or (gap and not is_digits(following.text) and len(following.text) > _WORD_LENGTH):
                break
            window.append(following)
            if any(is_digits(part.text) for part in window):
                yield list(window)


def is_structured(key: str) -> bool:
    """Whether a typed key carries valid check digits: ISO 11649, Belgian OGM, Swiss QR."""
    if key[0] == "F" and key.startswith("FRF") and 7 <= len(key) <= 26:
        return _mod97(key[5:] + key[1:5]) == 1
    if key[0] == "N" and len(key) == 13:
        return (int(key[1:11]) % 97 or 97) == int(key[11:])
    return key[0] == "N" and len(key) == 28 and _mod10_recursive(key[1:]) == 0


def _mod97(text: str) -> int:
    return int("".join(str(int(char, 36)) for char in text)) % 97


_CARRY = (0, 9, 4, 6, 8, 2, 7, 1, 3, 5)


def _mod10_recursive(digits: str) -> int:
    carry = 0
    for digit in digits:
        carry = _CARRY[(carry + int(digit)) % 10]
    return (10 - carry) % 10 if len(digits) != 27 else carry


def level_of(key: str) -> int:
    """How much a meeting on ``key`` says."""
    if is_structured(key):
        return STRUCTURED
    if key[0] == "N" and len(key) < 7:
        return TAIL
    if key[0] == "Z":
        numbers = [part for part in key[1:].split("-") if is_digits(part)]
        return FULL if len(numbers) > 1 or len("".join(numbers)) >= 5 else PART
    return _PREFIX_LEVEL[key[0]]


class ReferenceIndex:
    """Finds the entries (by number) whose names a text quotes."""

    def __init__(self, names: list[tuple[str, ...]], wanted: set[str]) -> None:
        """``names[n]``: what may be quoted of entry n; only keys in ``wanted`` (of the texts) are kept."""
        self._entries: dict[str, list[int]] = {}
        for number, texts in enumerate(names):
            keys: set[str] = set()
            for text in texts:
                if text:
                    keys |= name_keys(text) & wanted
            for key in keys:
                self._entries.setdefault(key, []).append(number)

    def find(self, keys: dict[str, tuple[int, int]], limit: int = 400) -> dict[int, Quote]:
        """Entries quoted by a text with ``keys`` -> the best quote of each.

        A weak quote inside the place of a better one, of another entry, is dropped: it is a part of that one.
        A key that more than ``limit`` entries share says nothing.
        """
        hits: list[tuple[int, int, int, list[int]]] = []
        for key, (start, end) in keys.items():
            entries = self._entries.get(key)
            if entries and len(entries) <= limit:
                hits.append((level_of(key), start, end, entries))
        hits.sort(key=lambda hit: (-hit[0], hit[1] - hit[2], hit[1]))
        dated = {(entry, end): start for level, start, end, entries in hits if level == YEAR for entry in entries}
        found: dict[int, Quote] = {}
        taken: list[tuple[int, int, int]] = []
        for level, start, end, entries in hits:
            inside = any(
                s <= start and end <= e and (lv > level or (lv == level and e - s > end - start)) for s, e, lv in taken
            )
            if inside:
                continue
            taken.append((start, end, level))
            for entry in entries:
                first = dated.get((entry, end)) if level == TAIL else None  # its own number behind another year
                quote = Quote(level, start, end) if first is None else Quote(YEAR, first, end)
                if entry not in found or quote.level > found[entry].level:
                    found[entry] = quote
        return found


def field_keys(references: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Typed keys of structured fields (EndToEndId, RF, OGM, QR): what stands there is meant."""
    keys: dict[str, tuple[int, int]] = {}
    for reference in references:
        for key in name_keys(reference[:140]):
            keys[key] = (-1, -1)
        whole = squeeze(reference[:140])
        if len(whole) >= 5:
            keys["F" + whole] = (-1, -1)
    return keys


def numbers_in(text: str) -> dict[str, tuple[int, int]]:
    """Digit runs of the text without leading zeros -> their first place (for short quotes and typos)."""
    found: dict[str, tuple[int, int]] = {}
    for group in groups(text)[:_GROUP_LIMIT]:
        if is_digits(group.text):
            found.setdefault(_bare(group.text), (group.start, group.end))
    return found


def sequence_of(name: str) -> str:
    """The running number of a document's name without leading zeros; empty when it has none."""
    runs = re.findall(r"[0-9]+", fold(name[:80]))
    return _bare(runs[-1]) if runs else ""


def digits_of(name: str) -> str:
    """All digits of a name, joined."""
    return "".join(char for char in fold(name[:80]) if is_digits(char))
