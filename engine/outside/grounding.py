"""What of a model's answer is believed: only what the document itself prints, in a field that was blank."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from ..extraction import checks
from ..extraction.context import Context
from ..extraction.normalise import normalise
from ..extraction.page import Box, Page, Word
from ..extraction.reading import AMOUNT_FIELDS, Found, Reading

#: Nobody measured how often a model copies the right one of several printed values: it is shown as unsure, always.
CONFIDENCE = 0.5
SOURCE = "model"
_MOST_WORDS = 14
_AROUND = " :;,.#()[]\"'€$£¥₹"
_SUMS = ("net", "tax", "total")


def grounded(
    reading: Reading, answer: Mapping[str, str], asked: Sequence[str], pages: Sequence[Page], context: Context
) -> tuple[Reading, dict[str, str]]:
    """The reading with what the document confirms.

    :param answer: field -> text as the model copied it
    :return: the reading, and {field: why it was dropped}: ``not_asked``, ``known``, ``not_printed``, ``not_readable``,
        ``does_not_add_up``
    """
    fields, dropped = dict(reading.fields), {}
    for name, text in answer.items():
        found, reason = _found(name, text, asked, reading, pages, context)
        if found:
            fields[name] = found
        else:
            dropped[name] = reason
    for name in _wrong_sums(fields):
        del fields[name]
        dropped[name] = "does_not_add_up"
    said = replace(reading, fields=fields)
    return replace(said, problems=checks.problems(said, context)), dropped


def _found(name, text, asked, reading, pages, context):
    if name not in asked:
        return None, "not_asked"
    if reading.value(name):
        return None, "known"
    value = normalise(name, text, reading.language, context)
    if not value:
        return None, "not_readable"
    words = _printed(text, pages)
    if not words:
        return None, "not_printed"
    box = Box.around([word.box for word in words])
    return Found(value, " ".join(word.text for word in words), box, CONFIDENCE, SOURCE), ""


def _printed(text: str, pages: Sequence[Page]) -> Sequence[Word]:
    """Words of one line that are this text, whole words only."""
    wanted = "".join(map(_plain, text.split()))
    if not wanted:
        return ()
    for line in _lines(pages):
        for start in range(len(line)):
            seen = ""
            for end in range(start, min(start + _MOST_WORDS, len(line))):
                seen += _plain(line[end].text)
                if seen == wanted:
                    return line[start : end + 1]
                if not wanted.startswith(seen):
                    break
    return ()


def _lines(pages) -> Iterator[list[Word]]:
    for page in pages:
        rows: dict[int, list[Word]] = {}
        for word in page.words:
            rows.setdefault(word.line, []).append(word)
        yield from rows.values()


def _plain(word):
    """A word without what stands around it: "(€1,50:" is "1,50"."""
    return unicodedata.normalize("NFKC", word).casefold().strip(_AROUND)


def _wrong_sums(fields) -> list[str]:
    """Amounts of the model that do not go with the others."""
    told = [name for name in _SUMS if name in fields]
    ours = [name for name in told if fields[name].source == SOURCE]
    if not ours or len(told) < len(_SUMS):
        return []
    net, tax, total = (Decimal(fields[name].value) for name in _SUMS)
    return [] if net + tax == total else [name for name in ours if name in AMOUNT_FIELDS]
