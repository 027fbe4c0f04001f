"""Entries show the suggestions that made, changed or would settle them."""

from collections import defaultdict

from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL


class AccountMove(models.Model):
    _name = "account.move"
    _inherit = ["account.move", "ai.audit.mixin"]

    def _ai_suggestions_by_record(self):
        """By entry: made or changed by (``move_ids``), or proposed to settle (``item_ids``)."""
        if not self.ids:
            return {}
        rows = self.env.execute_query(
            SQL(
                """SELECT account_move_id, ai_suggestion_id FROM ai_suggestion_move_rel WHERE account_move_id = ANY(%s)
                   UNION
                   SELECT aml.move_id, item.suggestion_id FROM ai_suggestion_item item
                     JOIN account_move_line aml ON aml.id = item.move_line_id WHERE aml.move_id = ANY(%s)""",
                self.ids,
                self.ids,
            )
        )
        by_move = defaultdict(set)
        for move_id, suggestion_id in rows:
            by_move[move_id].add(suggestion_id)
        visible = self.env["ai.suggestion"]._visible([("id", "in", [row[1] for row in rows])])
        return {move_id: visible.filtered(lambda s, ids=ids: s.id in ids) for move_id, ids in by_move.items()}

    def _ai_suggestion_domain(self, suggestions):
        found = self.env["ai.suggestion"]._search(suggestions)
        return Domain(
            "id",
            "in",
            SQL(
                """(SELECT account_move_id FROM ai_suggestion_move_rel WHERE ai_suggestion_id IN %s
                UNION SELECT aml.move_id FROM ai_suggestion_item item
                  JOIN account_move_line aml ON aml.id = item.move_line_id WHERE item.suggestion_id IN %s)""",
                found.subselect(),
                found.subselect(),
            ),
        )

    def action_ai_open_suggestions(self):
        """Open the suggestions about this entry."""
        self.ensure_one()
        return self.env["ai.suggestion"]._action_for([("id", "in", self.ai_suggestion_ids.ids)], self.display_name)

    def unlink(self):
        """A deleted target supersedes what was proposed for it, and what would have settled it."""
        self.env["ai.suggestion"]._supersede_for(self)
        return super().unlink()
