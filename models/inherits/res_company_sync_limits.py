"""When the sync desk raises an alarm, and how long it keeps what is done."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

#: setting: (least, most)
RANGES = {
    "ai_sync_tick_minutes": (2, 1440),
    "ai_sync_pending_minutes": (5, 10080),
    "ai_sync_failure_limit": (1, 100000),
    "ai_sync_breaker_minutes": (1, 10080),
    "ai_sync_webhook_days": (1, 365),
    "ai_sync_keep_jobs_days": (1, 3650),
    "ai_sync_keep_events_days": (1, 3650),
    "ai_sync_keep_deliveries_days": (1, 3650),
    "ai_sync_keep_intake_days": (1, 3650),
}


class ResCompany(models.Model):
    _name = "res.company"
    _inherit = "res.company"

    ai_sync_tick_minutes = fields.Integer(
        string="Nothing Ran for (minutes)", default=10, help="Then managers are alerted that syncing stands still."
    )
    ai_sync_pending_minutes = fields.Integer(
        string="A Job Waits Longer Than (minutes)", default=60, help="Then managers are alerted."
    )
    ai_sync_failure_limit = fields.Integer(
        string="Jobs That Failed in an Hour", default=10, help="Managers are alerted when so many need attention."
    )
    ai_sync_breaker_minutes = fields.Integer(
        string="An Address Fails for (minutes)",
        default=30,
        help="Then managers are alerted that nothing is sent there any more.",
    )
    ai_sync_webhook_days = fields.Integer(
        string="A Webhook Fails for (days)", default=5, help="Then it is switched off, and managers are alerted."
    )
    ai_sync_keep_jobs_days = fields.Integer(string="Keep Done Jobs (days)", default=30)
    ai_sync_keep_events_days = fields.Integer(string="Keep Events (days)", default=90)
    ai_sync_keep_deliveries_days = fields.Integer(string="Keep the Delivery Log (days)", default=30)
    ai_sync_keep_intake_days = fields.Integer(string="Keep What Came In (days)", default=30)

    @api.constrains(*RANGES)
    def _check_ai_sync_settings(self):
        for company in self:
            for name, (least, most) in RANGES.items():
                if not least <= company[name] <= most:
                    raise ValidationError(
                        self.env._(
                            "%(setting)s: give a number from %(least)s to %(most)s.",
                            setting=company._fields[name].get_description(self.env, ["string"])["string"],
                            least=least,
                            most=most,
                        )
                    )

    def write(self, vals):
        changed = sorted(set(vals) & set(RANGES))
        result = super().write(vals)
        if changed:
            payloads = [{name: str(vals[name]) for name in changed} for _company in self]
            self.env["ai.audit.log"]._append("setting_changed", self, payloads)
        return result
