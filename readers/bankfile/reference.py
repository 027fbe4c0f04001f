"""References that say nothing: what banks write when they have none."""

from __future__ import annotations

from collections.abc import Iterable

_PLACEHOLDERS = frozenset(
    {"", "NOTPROVIDED", "NOTPROVIDE", "NONREF", "NOREF", "NONE", "NA", "NULL", "EREF", "KREF",
     "UNKNOWN", "NOTAVAILABLE", "NOTSUPPLIED", "NICHTANGEGEBEN", "NICHTVORHANDEN"}
)  # fmt: skip


def is_reference(text: str) -> bool:
    """Tell whether a reference field holds more than a placeholder ("NONREF", "0000")."""
    bare = "".join(sign for sign in text.upper() if sign.isalnum())
    return bare not in _PLACEHOLDERS and bool(bare.strip("0"))


def references(texts: Iterable[str]) -> tuple[str, ...]:
    """Keep the real references, each once, in order, without surrounding blanks."""
    return tuple(dict.fromkeys(text.strip() for text in texts if is_reference(text)))


def joined(texts: Iterable[str]) -> str:
    """Join texts with single blanks, leaving out empty ones and those an earlier one contains."""
    kept: list[str] = []
    for text in texts:
        clean = " ".join(text.split())
        if clean and not any(clean in earlier for earlier in kept):
            kept.append(clean)
    return " ".join(kept)
