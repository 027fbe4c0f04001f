"""Text of banks and people made comparable: folding, words with their places, names without legal forms."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

#: Longer texts are cut: no bank sends more, and what pays for a long text is everybody's time.
TEXT_LIMIT = 4000

_LETTERS = {"Æ": "A", "Ø": "O", "Ł": "L", "Đ": "D", "Ð": "D", "Þ": "T", "Œ": "O", "ẞ": "S", "ß": "S", "ı": "I"}
_GROUPS = re.compile(r"[A-Z]+|[0-9]+|[^\W\d_A-Z]+")
_WORDS = re.compile(r"[^\W_]+")
_DOTTED = re.compile(r"(?<![^\W_])(?:[^\W\d_][./]){1,4}[^\W\d_](?![^\W_])\.?")

#: Legal forms as single folded words, from the ISO 20275 entity legal form list (common ones) and what banks print.
LEGAL_FORMS = frozenset(
    """
    AB AG AKTIENGESELLSCHAFT AKTIEBOLAG APS AS ASA ASBL BV BVBA BHD CO COMPANY CORP CORPORATION CV CVBA
    DOO DD EIRL EK EG EHF EOOD EPE EURL EV EI GBR GESMBH GIE GMBH GMBHCOKG HAFTUNGSBESCHRANKT HF IKE INC
    INCORPORATED IVZW KFT KG KGAA KK KS LDA LIMITADA LIMITED LLC LLP LP LTD LTDA MBB MBH NV NYRT OE OG OHG
    OOD OY OYJ PLC PARTG PBC PLLC PTE PTY PVT QC RT SA SAB SAGL SARL SAS SASU SC SCA SCI SCOP SCRL SDN SE SL
    SLU SNC SP SPA SPJ SPK SPRL SPZOO SRL SRLS SRO SS UAB UG VOF VZW ZOO ZRT
    """.split()
)
#: Words that are a part of a legal form before the other one.
_PAIRS = frozenset((first, second) for first in ("PRIVATE", "PROPRIETARY") for second in ("LIMITED", "LTD"))
#: Words that say nothing about who it is.
FILLERS = frozenset("THE AND UND ET EN DE DER DIE DAS VAN VON LE LA LES DU DES OF FOR Y E I".split())
TITLES = frozenset("MR MRS MS DR PROF HERR FRAU MME MLLE MONSIEUR MADAME DHR MEVR SIG SRA".split())


class Word(NamedTuple):
    """A folded word and its place in the text it comes from."""

    text: str
    start: int
    end: int


class _Fold(dict):
    """Translation table that is filled as characters are met; each becomes exactly one character."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        upper = _LETTERS.get(char) or _LETTERS.get(char.upper())
        if not upper:
            plain = unicodedata.normalize("NFKD", char).upper()
            upper = next((c for c in plain if not unicodedata.combining(c)), " ")
        self[code] = upper[0]
        return upper[0]


_FOLD = _Fold()


def fold(text: str) -> str:
    """Upper case without accents, of the same length, so that places in it are places in ``text``."""
    text = text[:TEXT_LIMIT]
    return text.upper() if text.isascii() else text.translate(_FOLD)


def words(text: str) -> list[Word]:
    """The runs of letters and digits of ``text``, folded."""
    return [Word(m.group(), m.start(), m.end()) for m in _WORDS.finditer(fold(text))]


def groups(text: str) -> list[Word]:
    """The runs of only letters or only digits of ``text``, folded: ``INV2026-17`` gives INV, 2026, 17."""
    return [Word(m.group(), m.start(), m.end()) for m in _GROUPS.finditer(fold(text))]


def squeeze(text: str) -> str:
    """Folded letters and digits only: ``be68 5390-0754`` becomes ``BE6853900754``."""
    return "".join(_WORDS.findall(fold(text)))


def _join_dotted(folded: str) -> str:
    """``B.V.`` and ``S.p.A.`` become one word, filled up with blanks so that the length stays."""
    return _DOTTED.sub(lambda m: re.sub(r"[./]", "", m.group()).ljust(len(m.group())), folded)


def name_words(name: str) -> list[Word]:
    """The words of a name; dotted abbreviations as one word, legal forms still in it."""
    return [Word(m.group(), m.start(), m.end()) for m in _WORDS.finditer(_join_dotted(fold(name)))]


@lru_cache(maxsize=65536)
def core_name(name: str) -> tuple[str, ...]:
    """What identifies a name: its words without legal forms, titles and fillers.

    A name made only of such words ("Co & Co") keeps all of them.
    """
    found = [word.text for word in name_words(name)]
    core = [
        word
        for word, following in zip(found, [*found[1:], ""], strict=False)
        if word not in LEGAL_FORMS and word not in FILLERS and word not in TITLES and (word, following) not in _PAIRS
    ]
    return tuple(core or found)


_LONG = str.maketrans(
    {
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "Ä": "AE",
        "Ö": "OE",
        "Ü": "UE",
        "ß": "ss",
        "ø": "oe",
        "Ø": "OE",
        "å": "aa",
        "Å": "AA",
        "æ": "ae",
        "Æ": "AE",
        "œ": "oe",
        "Œ": "OE",
    }
)


def spellings(name: str) -> tuple[str, ...]:
    """The name as it stands, and with its special letters written as two (``Müller``, ``Mueller``)."""
    long = name.translate(_LONG)
    return (name,) if long == name else (name, long)


def is_digits(text: str) -> bool:
    """Whether ``text`` consists of ASCII digits only (``str.isdigit`` accepts superscripts too)."""
    return text.isascii() and text.isdigit()
