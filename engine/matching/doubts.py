"""Readings that are never proposed, however well they score, because another plausible one books otherwise.

Money is not parked, split or written off while an open item of the same partner fits to the cent, nor while the
text names another document: a person is asked. Their shares stay as they are, so that the choices keep their order.
"""

from __future__ import annotations

from .draft import Draft

#: Ways to make an amount fit that give way to an exact open item.
_LOOSE = frozenset(("partial", "over", "on_account", "twice", "fee", "fee_told", "rounding"))
#: Those that book a profit or loss: never while any open items fit to the cent, in whatever order or of whomever.
_LOSSES = frozenset(("rounding", "fee", "fee_told"))
#: A sum whose chance of being an accident is above this (log10) is no reason to doubt another reading.
_LUCKY = -0.7


def doubt(drafts: list[Draft]) -> None:
    """Set ``ask`` on the drafts that only a person may choose."""
    exact = [draft for draft in drafts if _is_exact(draft) and not draft.features.get("instalment_gap")]
    exact = [draft for draft in exact if not draft.features.get("who_many")]
    without_loss = any(_is_exact(draft) for draft in drafts)
    unexplained = {draft.items for draft in drafts if draft.amount_kind == "fee"}
    for draft in drafts:
        if draft.amount_kind == "fee" or _bare(draft):
            draft.ask = True
        elif draft.amount_kind in _LOOSE:
            rival = any(other.match.partner == draft.match.partner for other in exact)
            rival = rival or (without_loss and draft.amount_kind in _LOSSES)
            leaves = draft.features.get("quotes_others") and draft.amount_kind != "twice"
            short = draft.items in unexplained and not draft.features.get("late_discount")
            draft.ask = draft.ask or rival or bool(leaves) or short or _parked(draft)
    returned = [draft for draft in drafts if draft.case == "returned" and draft.features.get("ref_none")]
    for draft in returned:
        draft.ask = len(returned) > 1


def doubt_all(drafts: list[Draft]) -> None:
    """Set ``ask`` on what parks or writes off money, of a line whose exact item went to another line."""
    for draft in drafts:
        draft.ask = draft.ask or (draft.amount_kind in _LOOSE and draft.amount_kind != "twice")


def _bare(draft: Draft) -> bool:
    """Open items that neither a name nor a number points to: only the amount agrees."""
    features = draft.features
    return bool(features.get("bare")) and draft.case not in ("registered", "batch", "payment_run")


def _parked(draft: Draft) -> bool:
    """Money left on the partner's account without a word for it, while the partner has open items."""
    features = draft.features
    if draft.amount_kind == "twice":
        return bool(
            features.get("twice_same_document") or (features.get("twice_bare") and features.get("account_open"))
        )
    return (
        draft.amount_kind == "on_account" and bool(features.get("account_open")) and not features.get("account_advance")
    )


def _is_exact(draft: Draft) -> bool:
    """Settles open items that are quoted, or of a named partner, to the cent and not by accident."""
    features = draft.features
    if draft.amount_kind != "exact" or not draft.items:
        return False
    unnamed = features.get("who_none") or features.get("who_other") or features.get("who_many")
    if unnamed and not features.get("quoted"):
        return False
    return features.get("luck", -9.0) < _LUCKY or bool(features.get("quoted"))
