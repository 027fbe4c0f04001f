"""Pages out of plain text: a letter is a box on a grid."""

import re

from .. import Page


def page(text: str, number: int = 1, source: str = "text") -> Page:
    """A page whose words stand where they stand in ``text``."""
    lines = text.strip("\n").split("\n")
    wide, tall = max(100, *map(len, lines)), max(60, len(lines))
    words = [
        [word.group(), word.start() / wide, place / tall, word.end() / wide, (place + 0.8) / tall, place, 1.0]
        for place, line in enumerate(lines)
        for word in re.finditer(r"\S+", line)
    ]
    told = {"number": number, "width": 6.0 * wide, "height": 12.0 * tall, "source": source, "words": words}
    return Page.from_json(told)
