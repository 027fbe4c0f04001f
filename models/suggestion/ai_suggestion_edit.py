"""A person looks at a suggestion, and changes what it proposes."""

from odoo import fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from ...engine.vocabulary import PENDING


class AiSuggestion(models.Model):
    _name = "ai.suggestion"
    _inherit = "ai.suggestion"

    def action_opened(self):
        """Note that the caller looks at these suggestions: logged once per person and suggestion."""
        self.check_access("read")
        known = self.env["ai.audit.log"].sudo()
        seen = known.search(
            [("suggestion_id", "in", self.ids), ("event", "=", "opened"), ("user_id", "=", self.env.uid)]
        )
        new = self - self.browse(seen.mapped("suggestion_id"))
        if not new:
            return True
        new._log("opened")
        # Looking must not wait for, nor stop, somebody who decides right now.
        self.flush_model(["opened_at"])
        self.env.cr.execute(
            SQL(
                """UPDATE ai_suggestion SET opened_at = %s WHERE id IN (
                       SELECT id FROM ai_suggestion WHERE id = ANY(%s) AND opened_at IS NULL FOR UPDATE SKIP LOCKED)""",
                fields.Datetime.now(),
                new.ids,
            )
        )
        self.invalidate_recordset(["opened_at"], flush=False)
        return True

    def action_edit(self, proposal: dict):
        """Propose something else for the record; it stays pending and what was proposed becomes an alternative.

        :param dict proposal: complete, in the schema of the suggestion's kind
        :raise ValidationError: when the proposal breaks the schema or the books; each sentence names the field
        """
        self.ensure_one()
        self._check_decider()
        self._check_pending()
        proposer = self._proposer(self.kind)
        record = self.env[self.res_model].browse(self.res_id)
        problems = proposer._problems(record, proposal)
        if problems:
            raise ValidationError("\n".join(problems))
        before = self.proposal
        self.sudo().write(
            {
                **proposer._edited_values(self, record, proposal),
                "is_edited": True,
                "is_question": False,
                "proposed_by_id": self.env.uid,
            }
        )
        self._replace_items()
        self._log("edited", [{"before": before, "after": self.proposal}])
        self._after_decision("proposed", None)
        return True

    def _check_pending(self):
        """Only what waits can be changed, and by one person at a time."""
        locked = self.sudo().try_lock_for_update()
        if len(locked) < len(self):
            raise UserError(self.env._("Somebody else is deciding this right now. Reload and look again."))
        if any(suggestion.state != PENDING for suggestion in self):
            raise UserError(self.env._("Only what waits for a decision can be changed. Reload and look again."))
