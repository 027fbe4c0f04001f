"""By what a payee is recognised again."""

from __future__ import annotations

from ..text import core_name, squeeze


def payee_key(partner: int | None, account_number: str, name: str, text: str) -> str:
    """``partner:<id>``, ``account:<number>`` or ``name:<words>``, the first that is known; empty when nothing is."""
    if partner:
        return f"partner:{partner}"
    number = squeeze(account_number)
    if number:
        return f"account:{number}"
    words = core_name(name) if name else ()
    return f"name:{' '.join(words)}" if words else ""
