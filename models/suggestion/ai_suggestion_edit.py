"""A person looks at a suggestion, and changes what it proposes."""

from odoo import fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from ...engine.vocabulary import PENDING

#: Whoever says to have looked for longer left the desk open meanwhile.
LONGEST_LOOK = 3600


def _seconds(looked, suggestion_id):
    """Whole seconds that a caller says to have looked; 0 for what is no number of seconds."""
    said = looked if isinstance(looked, dict) else {}
    value = said.get(str(suggestion_id), said.get(suggestion_id))
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not value >= 0:
        return 0
    return int(min(value, LONGEST_LOOK))


class AiSuggestion(models.Model):
    _name = "ai.suggestion"
    _inherit = "ai.suggestion"

    def action_opened(self, looked: dict | None = None):
        """Note that the caller looks at these suggestions: logged once per person and suggestion.

        :param looked: {suggestion id: seconds since it came before the caller}, at most an hour; now if left out
        """
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
                """UPDATE ai_suggestion s SET opened_at = %s - make_interval(secs => v.ago)
                     FROM unnest(%s::int[], %s::int[]) AS v(id, ago)
                    WHERE s.id = v.id AND s.id IN (
                       SELECT id FROM ai_suggestion WHERE id = ANY(%s) AND opened_at IS NULL FOR UPDATE SKIP LOCKED)""",
                fields.Datetime.now(),
                new.ids,
                [_seconds(looked, suggestion.id) for suggestion in new],
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
