"""Beside the card of an entry: the balances that it moves, and the documents that it settles or is about."""

from odoo import models

from ..desk.ai_suggestion_desk import DOCUMENT_LIMIT
from ..desk.ai_suggestion_desk_effect import PARTNER_ACCOUNTS


class AiSuggestion(models.Model):
    _name = "ai.suggestion"
    _inherit = "ai.suggestion"

    def desk_effect(self) -> dict:
        """As before; of suggestions that are entries of their own: the balances of their accounts."""
        result = super().desk_effect()
        if self.statement_line_id or not (self.proposal or {}).get("lines"):
            return result
        rows, problem = self._proposer(self.kind)._entry_rows(self).get(self.id, ([], None))
        changes = self._desk_changes(rows)
        # Balances of accounts that the entry names; the suggestion itself may be read.
        balances = self._desk_balances(list(changes)) if changes else {}
        account = self.env["account.account"]
        result["problem"] = problem or ""
        result["rows"] = [
            self._desk_effect_row(account.browse(account_id), partner_id, balances[account_id, partner_id], change)
            for (account_id, partner_id), change in changes.items()
            if not self.company_id.currency_id.is_zero(change)
        ]
        return result

    def _desk_changes(self, rows):
        """{(account id, partner id or False): what the rows add}; partners on their own accounts only."""
        changes = {}
        for row in rows:
            account = self.env["account.account"].browse(row["account_id"])
            is_partner = account.account_type in PARTNER_ACCOUNTS and row["partner_id"]
            key = (account.id, row["partner_id"] if is_partner else False)
            changes[key] = changes.get(key, 0.0) + row["balance"]
        return changes

    def _desk_move_ids(self, card):
        """What it is about, and what its rows settle, as the documents of other cards."""
        found = super()._desk_move_ids(card)
        parts = [card, *(card.get("alternatives") or [])]
        entries = [part["entry"] for part in parts if part.get("entry")]
        if not entries:
            return found
        about = [self.res_id] if self.res_model == "account.move" else []
        ids = [row["move_id"] for entry in entries for row in (*entry["rows"], *(entry.get("pairs") or ()))]
        return list(dict.fromkeys([*about, *found, *filter(None, ids)]))[:DOCUMENT_LIMIT]
