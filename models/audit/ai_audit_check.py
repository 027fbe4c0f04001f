"""Results of checking the chain, for people: who checked when, and what was found."""

import logging

from odoo import api, fields, models
from odoo.exceptions import AccessError

_logger = logging.getLogger(__name__)

MANAGERS = "ai_bookkeeper.ai_bookkeeper_group_manager"
READERS = f"ai_bookkeeper.ai_bookkeeper_group_auditor,{MANAGERS}"


class AiAuditCheck(models.Model):
    """One run of ``ai.audit.log.verify_chain``. A broken one alarms the managers."""

    _name = "ai.audit.check"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _description = "Check of the Audit Log"
    _order = "id desc"
    _rec_name = "at"

    at = fields.Datetime(readonly=True, required=True, default=fields.Datetime.now)
    user_id = fields.Many2one("res.users", readonly=True, string="Checked By", default=lambda self: self.env.user)
    state = fields.Selection([("whole", "Whole"), ("broken", "Broken")], readonly=True, required=True)
    row_count = fields.Integer(readonly=True, string="Rows", aggregator=False)
    seal_count = fields.Integer(readonly=True, string="Seals", aggregator=False)
    unsealed_count = fields.Integer(readonly=True, string="Waiting for a Seal", aggregator=False)
    erased_count = fields.Integer(readonly=True, string="Erased Names", aggregator=False)
    anchor_count = fields.Integer(readonly=True, string="Anchors Compared", aggregator=False)
    told_count = fields.Integer(readonly=True, string="Of Them From Outside", aggregator=False)
    problem_count = fields.Integer(readonly=True, string="Problems", aggregator=False)
    seconds = fields.Float(readonly=True, aggregator=False)
    report = fields.Json(readonly=True)
    result_text = fields.Text(compute="_compute_result_text", string="Result")

    @api.depends("report")
    @api.depends_context("lang")
    def _compute_result_text(self):
        for check in self:
            report = check.report or {}
            if check.state == "whole":
                check.result_text = self._whole_text(report)
            else:
                lines = [problem["text"] for problem in report.get("problems", [])]
                rest = check.problem_count - len(lines)
                if rest > 0:
                    lines.append(self.env._("and %(count)s more.", count=rest))
                check.result_text = "\n".join(lines)

    def _whole_text(self, report):
        text = self.env._(
            "Every row is as it was written, in its place, and %(confirmed)s of %(anchors)s anchors agree.",
            confirmed=report.get("anchors_confirmed", 0),
            anchors=report.get("anchors", 0),
        )
        if not report.get("anchors_told"):
            text += " " + self.env._(
                "A log that was rebuilt or cut as a whole shows only beside an anchor from outside: paste one from a "
                "mail or file."
            )
        return text

    @api.model
    def action_check(self, anchor: str | None = None):
        """Check the log now and show the result.

        :param anchor: an anchor from outside, as it was sent (JSON text)
        """
        if not (self.env.su or self.env.user.has_groups(READERS)):
            raise AccessError(self.env._("Only auditors and managers check the audit log. Ask a manager for the role."))
        check = self._run(anchor)
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": check.id,
            "views": [(False, "form")],
        }

    @api.model
    def _run(self, anchor=None):
        report = self.env["ai.audit.log"].verify_chain(anchor)
        # Results are the addon's; nobody writes them by hand.
        check = self.sudo().create(
            {
                "user_id": self.env.uid,
                "state": "whole" if report["ok"] else "broken",
                "row_count": report["rows"],
                "seal_count": report["seals"],
                "unsealed_count": report["unsealed"],
                "erased_count": report["erased"],
                "anchor_count": report["anchors"],
                "told_count": report["anchors_told"],
                "problem_count": sum(report["counts"].values()),
                "seconds": report["seconds"],
                "report": report,
            }
        )
        if not report["ok"]:
            check._alarm()
        return check.sudo(self.env.su)

    @api.model
    def _cron_check(self):
        """Each night."""
        check = self._run()
        if check.state == "broken":
            _logger.error("The audit log is broken: %s", check.report["counts"])

    def _alarm(self):
        """An activity for each manager, and a mail."""
        managers = self.env.ref(MANAGERS).all_user_ids.filtered(lambda user: user.active and not user.share)
        summary = self.env._("The audit log is broken")
        for user in managers:
            self.activity_schedule(
                "mail.mail_activity_data_todo", summary=summary, note=self.result_text, user_id=user.id
            )
        self.message_notify(partner_ids=managers.partner_id.ids, subject=summary, body=self.result_text)
