"""What happened to a booking after it was made: the entry as it was booked beside the entry as it stands."""

from collections import Counter

DELETED, RESET, REVERSED, UNRECONCILED, RECODED = CHANGES = (
    "deleted",
    "reset",
    "reversed",
    "unreconciled",
    "recoded",
)
_PARTS = ("account_id", "partner_id", "balance", "currency_id", "amount_currency", "tax_ids", "tax_line_id", "tag_ids")


def difference(booked, now, reversed_ids=(), gone=None, settled_by_us=()):
    """One of ``CHANGES``, or None when the entry still says what was booked.

    ``booked`` and ``now`` are lists of entries ``{move_id, state, items: [{id, account_id, balance, matched ...}]}``.
    ``reversed_ids``: entries that a posted entry reverses. ``gone``: {part: ids} that were merged or deleted since,
    so that they can't be compared. ``settled_by_us``: items whose matching another suggestion undid.
    """
    found = {entry["move_id"]: entry for entry in now}
    if any(entry["move_id"] not in found for entry in booked):
        return DELETED
    if any(found[entry["move_id"]]["state"] != "posted" for entry in booked):
        return RESET
    if any(entry["move_id"] in reversed_ids for entry in booked):
        return REVERSED
    if any(_is_unmatched(entry, found[entry["move_id"]], settled_by_us) for entry in booked):
        return UNRECONCILED
    if any(_is_recoded(entry, found[entry["move_id"]], gone or {}) for entry in booked):
        return RECODED
    return None


def is_recoded(booked, now):
    """Whether an entry says something else than was booked, whatever its state and who was paid."""
    return _is_recoded(booked, now, {})


def _is_unmatched(booked, now, settled_by_us):
    matched = {other for item in now["items"] for other, _amount in item.get("matched") or ()}
    return any(
        other not in matched
        for item in booked["items"]
        if item["id"] not in settled_by_us
        for other, _amount in item.get("matched") or ()
    )


def _is_recoded(booked, now, gone):
    skipped = {part for part, ids in gone.items() if any(item.get(part) in ids for item in booked["items"])}
    return _content(booked, skipped) != _content(now, skipped)


def _content(entry, skipped):
    return Counter(tuple(_value(item, part, skipped) for part in _PARTS) + (_shares(item),) for item in entry["items"])


def _value(item, part, skipped):
    value = None if part in skipped else item.get(part)
    return tuple(value) if isinstance(value, list) else value


def _shares(item):
    return tuple(sorted((key, float(share)) for key, share in (item.get("analytic") or {}).items()))
