"""Do the balances of a file fit its lines, and its statements each other?"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from .number import shown
from .values import Statement

Note = tuple[str, dict]


def balance_notes(statements: Sequence[Statement]) -> list[Note]:
    """List ``balance_gap`` notes: inside a statement, and between one and the next of an account.

    Values: statement (its name), account, where ("inside" or "between"), expected, found, gap
    (found - expected), all amounts as text.
    """
    notes: list[Note] = []
    previous: dict[tuple[str, str], Statement] = {}
    for statement in statements:
        key = (statement.account_number, statement.currency)
        notes += _between(previous.get(key), statement) + _inside(statement)
        previous[key] = statement
    return notes


def _inside(statement: Statement) -> list[Note]:
    if statement.balance_start is None or statement.balance_end is None:
        return []
    moved = sum((line.amount for line in statement.lines), Decimal(0))
    return _gap(statement, "inside", statement.balance_start + moved, statement.balance_end)


def _between(before: Statement | None, after: Statement) -> list[Note]:
    if before is None or before.balance_end is None or after.balance_start is None:
        return []
    return _gap(after, "between", before.balance_end, after.balance_start)


def _gap(statement: Statement, where: str, expected: Decimal, found: Decimal) -> list[Note]:
    if expected == found:
        return []
    values = {
        "statement": statement.name,
        "account": statement.account_number,
        "where": where,
        "expected": shown(expected),
        "found": shown(found),
        "gap": shown(found - expected),
    }
    return [("balance_gap", values)]
