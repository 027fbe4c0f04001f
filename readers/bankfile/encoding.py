"""From bytes to text: byte order marks, declared, likely and last-resort encodings."""

from __future__ import annotations

import codecs
import re

from .library import library
from .values import BankFileError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 64 * 1024
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
# Asked only when the text is not Western; statistics alone take "été à" for Central European.
_OTHER_ENCODINGS = ["cp1250", "iso8859_2", "cp852", "cp1251", "cp866", "cp1253", "cp1257"]
# Letters of other code pages, read as cp1252, become these signs in the middle of words.
_SYMBOL_IN_WORD = re.compile(
    r"\ufffd|[^\W\d_][\u201a\u201e\u201d\u2020\u2021\u02c6\u2030\u00a1-\u00a3\u00a5\u00a6\u00a8\u00a9"
    r"\u00ac\u00af\u00b1\u00b3\u00b6\u00b8\u00b9\u00bc-\u00bf][^\W\d_]"
)
_FOREIGN_LETTER = re.compile(r"[\u00c0-\u00ff]")


def decode(data: bytes, declared: str = "") -> tuple[str, str]:
    """Answer the text and the encoding's name.

    A byte order mark wins, then UTF-8 if it fits (bytes beyond ASCII rarely fit by chance), then
    ``declared``, then a guess. Raises BankFileError ``not_text`` for binary data.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _strict(data, name), name
    wide = _unmarked_utf16(data)
    if wide:
        return _strict(data, wide), wide
    if b"\x00" in data[:_SAMPLE]:
        raise not_text()
    for name in ("utf-8", declared):
        text = _attempt(data, name)
        if text is not None and _is_text(text):
            return text, name
    name = _guess(data)
    text = _attempt(data, name)
    if text is None or not _is_text(text):
        raise not_text()
    return text, name


def _strict(data: bytes, name: str) -> str:
    text = _attempt(data, name)
    if text is None or not _is_text(text):
        raise not_text()
    return text


def _attempt(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name) if name else None
    except (LookupError, ValueError):
        return None


def _unmarked_utf16(data: bytes) -> str:
    sample = data[:2000]
    if len(sample) < 8:
        return ""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > half * 0.7 and even < half * 0.1:
        return "utf-16-le"
    if even > half * 0.7 and odd < half * 0.1:
        return "utf-16-be"
    return ""


def _guess(data: bytes) -> str:
    """Western Europe, unless its reading puts symbols into words or accents on most letters."""
    first = next((i for i, byte in enumerate(data) if byte > 127), 0)
    sample = data[max(0, first - 2000) : first + 20_000]
    if _reads_western(sample.decode("cp1252", "replace")):
        return _western(data)
    try:
        guesses = library("charset_normalizer", "text files").from_bytes(sample, cp_isolation=_OTHER_ENCODINGS)
    except BankFileError:
        # A missing library should not stop a file that is readable but for its accents.
        return _western(data)
    best = guesses.best()
    return best.encoding if best else _western(data)


def _reads_western(text: str) -> bool:
    foreign = len(_FOREIGN_LETTER.findall(text))
    letters = sum(sign.isalpha() for sign in text)
    words = re.findall(r"[\u00c0-\u00ff]{4,}", text)
    return not _SYMBOL_IN_WORD.search(text) and foreign <= letters * 0.4 and not words


def _western(data: bytes) -> str:
    return "cp1252" if _attempt(data, "cp1252") is not None else "latin-1"


def _is_text(text: str) -> bool:
    sample = text[:_SAMPLE]
    return len(_CONTROL.findall(sample)) <= len(sample) // 100


def not_text() -> BankFileError:
    """Say that the bytes are no text (code ``not_text``)."""
    return BankFileError(
        "not_text",
        "This is not a bank file that can be read: it holds binary data. Export the statement from "
        "the bank as CAMT.053, MT940, OFX, QIF, CSV or XLSX.",
    )
