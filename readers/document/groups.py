"""Which pages of a file are one document: told apart only where the pages say so themselves."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .page import Page

#: "Page 1 of 3", "Seite 2/2", "1 / 3": a page's own number and how many there are.
_COUNT = re.compile(
    r"(?:\b(?:page|seite|pagina|página|pág|strana|strona|side|sida|sivu|oldal|blad|pag|blatt|p)\b\.?:?\s*)"
    r"(\d{1,2})\s*(?:/|of|von|de|di|van|z|ze|av|af|sur|\|)\s*(\d{1,2})\b",
    re.IGNORECASE,
)


def group(pages: Sequence[Page]) -> tuple[tuple[int, ...], ...]:
    """Page numbers of each document, in order.

    Papers of one photo are one document each. Pages of one file are several documents only when every page says which
    one of how many it is, and these counts run from first to last more than once.
    """
    if any(page.part for page in pages):
        return tuple((page.number,) for page in pages)
    return _counted(pages) or ((tuple(page.number for page in pages),) if pages else ())


def _counted(pages):
    groups: list[list[int]] = []
    expected, of = 1, 0
    for page in pages:
        counts = _counts(page)
        if len(counts) != 1:
            return ()
        ((number, count),) = counts
        if number != expected or not 1 <= number <= count or (number > 1 and count != of):
            return ()
        if number == 1:
            groups.append([])
        groups[-1].append(page.number)
        expected, of = (1, 0) if number == count else (number + 1, count)
    is_whole = expected == 1
    return tuple(map(tuple, groups)) if is_whole and len(groups) > 1 else ()


def _counts(page):
    lines: dict[int, list[str]] = {}
    for word in page.words:
        lines.setdefault(word[5], []).append(word[0])
    text = "\n".join(" ".join(words) for words in lines.values())
    return {(int(number), int(count)) for number, count in _COUNT.findall(text)}
