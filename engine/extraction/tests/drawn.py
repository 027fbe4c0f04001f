"""Pages as a reader would tell them, drawn from rows of text: what the tests of lines and layouts read."""

from .. import Page

WIDTH, HEIGHT = 595.0, 842.0
#: Width of a letter and height of a word, as parts of the page.
LETTER, LINE = 0.009, 0.012


def page(rows, number=1, source="text"):
    """A page of (x, y, text) rows, x and y as parts of the page; words are parted at blanks."""
    words = []
    for at, (x, y, text) in enumerate(rows):
        for word in text.split():
            words.append([word, x, y, x + LETTER * len(word), y + LINE, at, 1.0])
            x += LETTER * (len(word) + 0.6)
    return Page.from_json({"number": number, "width": WIDTH, "height": HEIGHT, "source": source, "words": words})


def table(columns, rows, top=0.4, step=0.02):
    """(x, y, text) of a table. ``columns``: x of each, negative for right aligned ones; ``rows``: texts or None."""
    found = []
    for at, row in enumerate(rows):
        for x, text in zip(columns, row, strict=True):
            if text:
                found.append((-x - LETTER * (len(text) - 0.4 * text.count(" ")) if x < 0 else x, top + at * step, text))
    return found
