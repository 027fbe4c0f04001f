"""What a careful person would have noticed before booking or paying, with the record it points to."""

from odoo import api, fields, models


class AiFinding(models.Model):
    """One finding about one record; see ``engine.anomaly.Finding``. Dismissed with a reason, it stays dismissed."""

    _name = "ai.finding"
    _inherit = "ai.target.mixin"
    _description = "Finding"
    _order = "id desc"
    _check_company_auto = True

    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    res_model = fields.Char(required=True, readonly=True)
    res_id = fields.Many2oneReference(model_field="res_model", required=True, readonly=True)
    code = fields.Char(required=True, readonly=True)
    severity = fields.Selection([("stop", "Stops"), ("warn", "Warns")], required=True, readonly=True)
    key = fields.Char(required=True, readonly=True, help="The same as long as it is the same finding.")
    values = fields.Json(readonly=True)
    twin_model = fields.Char(readonly=True)
    twin_id = fields.Many2oneReference(model_field="twin_model", readonly=True)
    state = fields.Selection(
        [("open", "Open"), ("dismissed", "Dismissed"), ("gone", "No longer so")],
        required=True,
        default="open",
        readonly=True,
    )
    dismissed_by_id = fields.Many2one("res.users", readonly=True)
    dismissed_at = fields.Datetime(readonly=True)
    reason = fields.Char(readonly=True)

    _record_idx = models.Index("(res_model, res_id)")
    _key_uniq = models.UniqueIndex("(res_model, res_id, key)", "This finding is known already.")

    @api.model
    def _target_models(self):
        """Entries and bank lines: what findings are about."""
        return ["account.move", "account.bank.statement.line"]
