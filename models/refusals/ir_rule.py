"""Refusals by record rules are noted."""

from odoo import models


class IrRule(models.Model):
    _inherit = "ir.rule"

    def _make_access_error(self, operation, records):
        if self.env["ai.refusal"]._concerns(records._name):
            self.env["ai.refusal"]._note(records, operation)
        return super()._make_access_error(operation, records)
