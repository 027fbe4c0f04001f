"""Who decides what: the first policy that fits a suggestion."""

from odoo import api, fields, models

from ...engine.vocabulary import KINDS, POLICY_MODES

MODE_LABELS = {"assist": "Assist: everything asks", "supervised": "Supervised", "autopilot": "Autopilot"}


class AiPolicy(models.Model):
    """A manager's rule of who decides. Only *assist* acts so far: a person decides everything."""

    _name = "ai.policy"
    _description = "Bookkeeping Policy"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one("res.company", index=True, help="Empty: all companies.")
    kind = fields.Selection([(kind, kind.replace("_", " ").capitalize()) for kind in KINDS], help="Empty: all kinds.")
    journal_ids = fields.Many2many("account.journal", check_company=True, help="Empty: all journals.")
    partner_scope = fields.Selection(
        [("all", "All partners"), ("known", "Known partners only")], required=True, default="all"
    )
    max_amount = fields.Float(help="In the company's currency at the record's date; 0 means no cap.")
    mode = fields.Selection([(mode, MODE_LABELS[mode]) for mode in POLICY_MODES], required=True, default="assist")
    min_confidence = fields.Float(default=0.95)
    max_error_rate = fields.Float(default=0.02)
    sample_rate = fields.Float(default=0.05)
    second_approval_amount = fields.Float(help="Above this amount two people decide; 0 means never.")
    origin_agent = fields.Boolean(string="Also for agents", help="Off: proposals of outside agents always ask.")

    _confidence_range = models.Constraint(
        "CHECK(min_confidence >= 0 AND min_confidence <= 1)", "A confidence lies between 0 and 1."
    )
    # Supervised and autopilot open with governance; until then the database itself refuses them.
    _assist_only = models.Constraint("CHECK(mode = 'assist')", "For now only the mode 'assist' is available.")

    @api.model_create_multi
    def create(self, vals_list):
        policies = super().create(vals_list)
        policies._log_change("created", vals_list)
        return policies

    def write(self, vals):
        result = super().write(vals)
        self._log_change("changed", [vals] * len(self))
        return result

    def unlink(self):
        self._log_change("deleted", [{}] * len(self))
        return super().unlink()

    def _log_change(self, change, values):
        payloads = [{"change": change, "values": {name: str(row[name]) for name in sorted(row)}} for row in values]
        self.env["ai.audit.log"]._append("policy_changed", self, payloads)

    def _first_for(self, company):
        """The policy that decides in ``company``: id or False. One query for a whole batch."""
        domain = [("company_id", "in", (False, company.id))]
        return self.sudo().search(domain, limit=1).id
