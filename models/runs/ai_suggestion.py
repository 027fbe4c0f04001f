"""Wages are private: who may not read the payroll's entries learns neither names nor amounts of single people."""

from odoo import api, models

from ..audit.readable import journal_domain, sees_all_books

PRIVATE = "wage_run"
AMOUNTS = ("amount", "item_amount", "open")


class AiSuggestion(models.Model):
    _name = "ai.suggestion"
    _inherit = "ai.suggestion"

    @api.model
    def _open_journal_ids(self, journals):
        """Ids of those of these journals that the user reads, entries included."""
        if not journals or sees_all_books(self.env):
            return journals.ids
        shown = journals.with_env(self.env).search([("id", "in", journals.ids)])
        moves = self.env["account.move"]
        if not moves.has_access("read"):
            return []
        limit = journal_domain(moves)
        return [each.id for each in shown if moves.search([("journal_id", "=", each.id), *limit], limit=1)]

    # === CARD === #

    def _card_body(self, proposal, items, accounts, taxes):
        body = super()._card_body(proposal, items, accounts, taxes)
        hidden = [document for document in body["documents"] if not document["move_line_id"]]
        if len(hidden) > 1 and self.case == PRIVATE:
            total = self.currency_id.round(sum(document["amount"] for document in hidden))
            name = self.env._("Net wages of %(count)s people", count=len(hidden))
            kept = [document for document in body["documents"] if document["move_line_id"]]
            body["documents"] = [*kept, {**hidden[0], "name": name, "amount": total}]
        return body

    # === RAW FIELDS === #

    def _read_format(self, fnames, load="_classic_read"):
        rows = super()._read_format(fnames, load)
        if sees_all_books(self.env) or not {"proposal", "evidence", "before"} & set(fnames):
            return rows
        private = self.sudo().filtered(lambda suggestion: suggestion.case == PRIVATE).ids
        shown = set(self.browse(private)._with_shown_items().ids)
        for row in rows:
            if row["id"] in private and row["id"] not in shown:
                row.update({name: False for name in ("proposal", "evidence", "before") if name in row})
        return rows

    def _with_shown_items(self):
        """Those of these suggestions whose items the user may all read."""
        shown = self.env["ai.suggestion.item"].search([("suggestion_id", "in", self.ids)])
        counts = {}
        for item in shown:
            counts[item.suggestion_id.id] = counts.get(item.suggestion_id.id, 0) + 1
        return self.filtered(lambda each: counts.get(each.id, 0) >= len(each.sudo().item_ids))
