"""Vendor documents show what speaks against them, whoever entered them; posting by hand warns, as core does."""

from odoo import fields, models
from odoo.exceptions import AccessError

from .ai_finding import OPEN_STATE

READERS = (
    "ai_bookkeeper.ai_bookkeeper_group_reviewer,"
    "ai_bookkeeper.ai_bookkeeper_group_manager,"
    "ai_bookkeeper.ai_bookkeeper_group_auditor"
)


class AccountMove(models.Model):
    _name = "account.move"
    _inherit = "account.move"

    ai_finding_ids = fields.One2many(
        "ai.finding",
        "res_id",
        domain=[("res_model", "=", "account.move"), ("state", "=", "open")],
        readonly=True,
        groups=READERS,
        string="Findings",
    )

    def _get_alerts(self):
        """Beside core's: what is stored and open."""
        alerts = super()._get_alerts()
        if not (self.is_purchase_document(include_receipts=True) and self.env.user.has_groups(READERS)):
            return alerts
        for finding in self.env["ai.finding"].search(
            [("res_model", "=", self._name), ("res_id", "=", self._origin.id), ("state", "=", OPEN_STATE)]
        ):
            alerts[f"ai_finding_{finding.id}"] = {
                "level": "danger" if finding.severity == "stop" else "warning",
                "message": finding.text,
                "action_text": self.env._("Decide"),
                "action_call": ("account.move", "action_ai_findings", self._origin.ids),
            }
        return alerts

    def action_ai_findings(self):
        """Check this bill now, and open what was found about it."""
        self.ensure_one()
        if not self.env.user.has_groups(READERS):
            raise AccessError(self.env._("Only who reviews bookings looks at their findings."))
        self.check_access("read")
        if self.env.user.has_groups(READERS) and self.has_access("write"):
            self.env["ai.finding"]._refresh(self)
        action = self.env["ir.actions.act_window"]._for_xml_id("ai_bookkeeper.ai_finding_action")
        domain = [("res_model", "=", self._name), ("res_id", "=", self.id)]
        return {**action, "domain": domain, "context": {"search_default_open": 1, "create": False}}

    def _post(self, soft=True):
        """Checked before it is posted, whoever posts: what is found stays visible on the entry, and a payment to a
        new account of a known vendor waits for a manager."""
        bills = self.filtered(lambda move: move.is_purchase_document(include_receipts=True))
        if bills:
            self.env["ai.finding"]._refresh(bills)
        posted = super()._post(soft)
        if bills:
            (posted & bills)._ai_hold_payment()
            self.env["ai.finding"]._take_warnings(posted & bills)
        return posted
