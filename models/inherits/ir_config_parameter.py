"""Parameters of the addon are rules of the game: who changes one is logged."""

from odoo import api, models

PREFIX = "ai_bookkeeper."


class IrConfigParameter(models.Model):
    _name = "ir.config_parameter"
    _inherit = "ir.config_parameter"

    @api.model_create_multi
    def create(self, vals_list):
        parameters = super().create(vals_list)
        parameters._ai_log_change()
        return parameters

    def write(self, vals):
        before = {parameter.id: parameter.value for parameter in self}
        result = super().write(vals)
        self.filtered(lambda parameter: parameter.value != before[parameter.id])._ai_log_change()
        return result

    def unlink(self):
        self._ai_log_change(is_gone=True)
        return super().unlink()

    def _ai_log_change(self, is_gone=False):
        """Values may be addresses or names: they are kept erasable."""
        changed = self.filtered(lambda parameter: (parameter.key or "").startswith(PREFIX))
        if changed and "ai.audit.log" in self.env:
            payloads = [{"key": parameter.key, "deleted": is_gone} for parameter in changed]
            names = [{"value": "" if is_gone else parameter.value} for parameter in changed]
            self.env["ai.audit.log"]._append("setting_changed", changed, payloads, names)
