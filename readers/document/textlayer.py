"""The text layer of a PDF page: its characters put together to words, and whether they can be believed.

PDFium tells characters with their boxes (FPDFText_GetLooseCharBox, units of 1/72 inch, origin below). It marks where it
would put a space or a line break; gaps are looked at all the same, as many programs place words without spaces.
"""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections.abc import Sequence

from .words import Seen

#: A gap of this share of the character height between two characters of a line parts two words.
_GAP = 0.2
#: Of the characters of a layer, how many may be none that anybody prints.
_MOST_STRANGE = 0.08
_STRANGE = frozenset(("Co", "Cn", "Cc", "Cs"))
#: A room this many times the ink is nonsense, but for dots and dashes, which are small.
_MOST_ROOM = 12
_HYPHENS = {"\u00ad": "-", "\u0002": "-"}
_VOWELS = frozenset("aeiouyàáâãäåæèéêëìíîïòóôõöøœùúûüýÿąęőűůěıăā")
_LATIN_WORD = re.compile(r"[^\W\d_]{4,}")
#: Words that tell whether a layer is language at all.
_ENOUGH_WORDS = 8


def words_of(text_page, raw, place) -> list[Seen]:
    """The words of a page.

    :param text_page: of pypdfium2
    :param raw: ``pypdfium2.raw``
    :param place: ``(x, y) -> (x, y)`` from units of the PDF to points from the upper left corner as it is shown
    """
    characters = _characters(text_page, raw)
    words: list[Seen] = []
    current: list[tuple] = []
    for character in characters:
        if character is None or (current and _is_apart(current[-1], character)):
            _close(current, words, place)
            current = []
        if character is not None:
            current.append(character)
    _close(current, words, place)
    return words


def _characters(text_page, raw):
    """``(text, left, bottom, right, top)``, None where a word ends."""
    handle = text_page.raw
    count = raw.FPDFText_CountChars(handle)
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    tight = tuple(map(ctypes.byref, (left, right, bottom, top)))
    loose = raw.FS_RECTF()
    high = ""
    for index in range(count):
        code = raw.FPDFText_GetUnicode(handle, index)
        if 0xD800 <= code < 0xDC00:
            high = chr(code)
            continue
        text = _combined(high, code)
        high = ""
        if not text or text.isspace() or code in (0, 0xFFFE, 0xFFFF):
            yield None
            continue
        raw.FPDFText_GetCharBox(handle, index, *tight)
        ink = (left.value, bottom.value, right.value, top.value)
        raw.FPDFText_GetLooseCharBox(handle, index, loose)
        yield _HYPHENS.get(text, text), *_with_room(ink, (loose.left, loose.bottom, loose.right, loose.top))


def _with_room(ink, room):
    """The box of a character with the room that its font gives it, which is alike for all of a line; where a font
    tells nonsense, the box of its ink."""
    width, height = ink[2] - ink[0], ink[3] - ink[1]
    size = max(width, height, 0.1)
    is_sound = room[2] > room[0] and room[3] > room[1] and max(room[2] - room[0], room[3] - room[1]) < _MOST_ROOM * size
    return room if is_sound else ink


def _combined(high, code):
    if 0xDC00 <= code < 0xE000:
        pair = (high + chr(code)).encode("utf-16", "surrogatepass")
        return pair.decode("utf-16", "replace") if high else ""
    return chr(code)


def _is_apart(before, after):
    """Whether two characters that follow each other belong to two words, in either direction of writing."""
    _text, left, bottom, right, top = before
    _text, left2, bottom2, right2, top2 = after
    size = max(top - bottom, top2 - bottom2, right - left, right2 - left2, 1.0)
    across = max(left2 - right, left - right2)
    along = max(bottom2 - top, bottom - top2)
    return across > _GAP * size or along > _GAP * size


def _close(current, words, place):
    if not current:
        return
    text = unicodedata.normalize("NFKC", "".join(character[0] for character in current)).strip()
    if not text:
        return
    corners = [
        place(min(character[1] for character in current), min(character[2] for character in current)),
        place(max(character[3] for character in current), max(character[4] for character in current)),
    ]
    x0, x1 = sorted(corner[0] for corner in corners)
    y0, y1 = sorted(corner[1] for corner in corners)
    words.append(Seen(text, x0, y0, x1, y1))


def is_garbage(words: Sequence[Seen]) -> bool:
    """Whether a layer says something else than its page shows: fonts without a table of characters give private or
    shifted ones, which no language is written in."""
    text = "".join(word.text for word in words)
    if not text:
        return True
    strange = sum(unicodedata.category(character) in _STRANGE or character == "\ufffd" for character in text)
    if strange > _MOST_STRANGE * len(text):
        return True
    return not _is_language(words)


def _is_language(words):
    latin = [word.text for word in words if _LATIN_WORD.fullmatch(word.text) and _is_latin(word.text)]
    if len(latin) < _ENOUGH_WORDS:
        letters = sum(character.isalnum() for word in words for character in word.text)
        return letters >= 0.5 * sum(len(word.text) for word in words)
    with_vowels = sum(any(character in _VOWELS for character in text.lower()) for text in latin)
    return with_vowels >= 0.6 * len(latin)


def _is_latin(text):
    return all(ord(character) < 0x250 for character in text)
