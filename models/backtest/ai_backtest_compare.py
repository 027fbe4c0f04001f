"""Two backtests of the same question: what another version, rule or habit changed."""

from odoo import api, fields, models
from odoo.tools import SQL, format_date

#: Lines of which two replays say different things.
_CHANGED = """
    SELECT new.id FROM ai_backtest_line new
      JOIN ai_backtest_line old ON old.backtest_id = %s AND old.res_id = new.res_id
     WHERE new.backtest_id = %s
       AND (new.outcome, COALESCE(new.kind, ''), new.is_accepted, COALESCE(new.proposed, '{}'::jsonb)::jsonb)
           IS DISTINCT FROM
           (old.outcome, COALESCE(old.kind, ''), old.is_accepted, COALESCE(old.proposed, '{}'::jsonb)::jsonb)
"""


class AiBacktest(models.Model):
    _name = "ai.backtest"
    _inherit = "ai.backtest"

    previous_id = fields.Many2one("ai.backtest", compute="_compute_comparison", string="Compared With")
    changed_count = fields.Integer(compute="_compute_comparison", string="Changed Since")
    comparison = fields.Char(compute="_compute_comparison")

    @api.depends("state", "result")
    @api.depends_context("lang", "uid")
    def _compute_comparison(self):
        for backtest in self:
            previous = backtest._find_previous()
            backtest.previous_id = previous
            backtest.changed_count = len(backtest._changed_ids(previous)) if previous else 0
            backtest.comparison = backtest._comparison(previous) if previous else ""

    def _find_previous(self):
        """The last one before that asked the same."""
        if self.state != "done":
            return self.browse()
        found = self.search(
            [
                ("company_id", "=", self.company_id.id),
                ("state", "=", "done"),
                ("date_from", "=", self.date_from),
                ("date_to", "=", self.date_to),
                ("id", "<", self._origin.id),
            ]
        )
        same = found.filtered(
            lambda old: old.covered_journal_ids == self.covered_journal_ids and old.learn_days == self.learn_days
        )
        return same[:1]

    def _changed_ids(self, previous):
        return [row[0] for row in self.env.execute_query(SQL(_CHANGED, previous.id, self._origin.id))]

    def _comparison(self, previous):
        day = format_date(self.env, previous.create_date)
        if not self.changed_count:
            return self.env._("It says the same as the backtest of %(day)s.", day=day)
        before, after = previous.result["all"], self.result["all"]
        return self.env._(
            "Compared with the backtest of %(day)s (%(versions)s), %(changed)s lines are answered otherwise: accepted "
            "%(accepted)s instead of %(accepted_before)s, different %(wrong)s instead of %(wrong_before)s.",
            day=day,
            versions=previous._versions_text(),
            changed=self.changed_count,
            accepted=after["accepted"],
            accepted_before=before["accepted"],
            wrong=after["wrong"],
            wrong_before=before["wrong"],
        )

    def action_open_changed(self):
        """The lines that are answered otherwise than before."""
        self.ensure_one()
        self.check_access("read")
        previous = self._find_previous()
        ids = self._changed_ids(previous) if previous else []
        action = self.env["ir.actions.act_window"]._for_xml_id("ai_bookkeeper.ai_backtest_line_action")
        name = self.env._("Answered Otherwise")
        return {**action, "display_name": name, "domain": [("id", "in", ids)], "context": {}}
