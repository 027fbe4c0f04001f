"""Suggestions that are journal entries of their own: looked at again, shown as the entry, kept through merges."""

from odoo import models


class AiSuggestion(models.Model):
    _name = "ai.suggestion"
    _inherit = "ai.suggestion"

    def _propose_again(self):
        """What is not found in batches of facts is looked at by its own kind."""
        result = super()._propose_again()
        for kind, suggestions in self.grouped("kind").items():
            # Proposing writes suggestions, which nobody may write by hand; the callers checked who decides.
            self._proposer(kind).sudo()._anew(suggestions.sudo())
        return result

    def _undo_together(self, proposer):
        result = super()._undo_together(proposer)
        proposer.sudo()._anew(self.sudo())
        return result

    def _card(self, items, accounts, taxes, partners):
        card = super()._card(items, accounts, taxes, partners)
        if self.proposal and "lines" in self.proposal:
            entry = self._proposer(self.kind)._card_entry(self, items)
            card = {**card, "entry": entry, "ticks": None} if entry else card
        return card

    def _card_records(self):
        items, accounts, taxes, partners = super()._card_records()
        # Names on a card that the reader may see: what follows masks the others.
        ids = {pair["move_line_id"] for s in self for p in s._all_proposals() for pair in p.get("pairs") or []}
        more = self.env["account.move.line"].sudo().browse(ids - set(items)).exists()
        return {**items, **{item.id: item for item in more}}, accounts, taxes, partners

    def _card_choice(self, choice, items, accounts, taxes, partners):
        card = super()._card_choice(choice, items, accounts, taxes, partners)
        if choice.get("title"):
            card["title"] = self._sentences([choice["title"]])[0]
        entry = self._proposer(self.kind)._card_entry(self, items, choice["proposal"])
        return {**card, "entry": entry} if entry else card

    def _replace_partners(self, merged_ids, partner_id):
        """Rows of an entry name partners too."""
        result = super()._replace_partners(merged_ids, partner_id)
        for suggestion in self:
            rows = (suggestion.proposal or {}).get("lines") or []
            if any(row.get("partner_id") in merged_ids for row in rows):
                moved = [
                    {**row, "partner_id": partner_id} if row.get("partner_id") in merged_ids else row for row in rows
                ]
                suggestion.proposal = {**suggestion.proposal, "lines": moved}
        return result
