"""The trial balance, the tax tags and the open items as they stand, read in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from .books import cents

_BALANCES = """
SELECT aml.account_id, CASE WHEN a.account_type IN ('asset_receivable', 'liability_payable') THEN aml.partner_id END,
       sum(aml.balance)
  FROM account_move_line aml JOIN account_account a ON a.id = aml.account_id
 WHERE aml.parent_state = 'posted' AND aml.company_id = %s GROUP BY 1, 2
"""
_TAGS = """
SELECT tag.name->>'en_US', sum(aml.balance)
  FROM account_account_tag_account_move_line_rel rel
  JOIN account_move_line aml ON aml.id = rel.account_move_line_id
  JOIN account_account_tag tag ON tag.id = rel.account_account_tag_id
 WHERE aml.parent_state = 'posted' AND aml.company_id = %s GROUP BY 1
"""


class Ledger:
    """``balances``: {(account id, partner id or None): Decimal}; ``tags``: {name: Decimal}."""

    def __init__(self, env) -> None:
        env.flush_all()
        env.cr.execute(_BALANCES, (env.company.id,))
        self.balances = {(account, partner): cents(total) for account, partner, total in env.cr.fetchall()}
        env.cr.execute(_TAGS, (env.company.id,))
        self.tags = {name: cents(total) for name, total in env.cr.fetchall()}


def change(before: dict, after: dict) -> dict:
    """What moved, without what did not."""
    moved: dict = defaultdict(Decimal)
    for key, total in after.items():
        moved[key] += total
    for key, total in before.items():
        moved[key] -= total
    return {key: total for key, total in moved.items() if total}


def differences(env, case, wanted: dict, before: Ledger) -> list[str]:
    """In words, what differs from the truth; empty when every account, tag and open item is right.

    :param wanted: of ``expected``, taken before anything was proposed
    """
    after = Ledger(env)
    found = change(before.balances, after.balances)
    texts = [
        f"{_account(env, key)}: {found.get(key, 0)} instead of {wanted.get(key, 0)}"
        for key in {**wanted, **found}
        if found.get(key, Decimal(0)) != wanted.get(key, Decimal(0))
    ]
    moved = change(before.tags, after.tags)
    tags = {name: cents(total) for name, total in case.tags.items() if total}
    texts += [
        f"tag {name}: {moved.get(name, 0)} instead of {tags.get(name, 0)}"
        for name in {**tags, **moved}
        if moved.get(name, Decimal(0)) != tags.get(name, Decimal(0))
    ]
    for item, residual in case.open.items():
        if cents(item.amount_residual_currency) != cents(residual):
            texts.append(f"{item.move_id.name} open: {cents(item.amount_residual_currency)} instead of {residual}")
    return sorted(texts)


def expected(case) -> dict:
    """{(account id, partner id or None): change}, with the suspense that the case's lines have now."""
    wanted: dict = defaultdict(Decimal)
    for (account, partner), total in case.balances.items():
        trades = account.account_type in ("asset_receivable", "liability_payable")
        wanted[account.id, partner.id if partner and trades else None] += cents(total)
    for line in case.lines or ():
        _liquidity, suspense, _others = line._seek_for_lines()
        wanted[line.journal_id.suspense_account_id.id, None] -= cents(sum(suspense.mapped("balance")))
    if case.left:
        wanted[case.lines[:1].journal_id.suspense_account_id.id, None] -= cents(case.left)
    return {key: total for key, total in wanted.items() if total}


def _account(env, key) -> str:
    account, partner = key
    name = env["account.account"].browse(account).display_name
    return f"{name} of {env['res.partner'].browse(partner).name}" if partner else name
