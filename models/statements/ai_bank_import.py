"""What an import brought is checked soon: does it join, did it come before another way."""

from odoo import models


class AiBankImport(models.Model):
    _name = "ai.bank.import"
    _inherit = "ai.bank.import"

    def _finish(self, plan):
        result = super()._finish(plan)
        cron = self.env.ref("ai_bookkeeper.ir_cron_statement_check", raise_if_not_found=False)
        if cron:
            # Whoever imports may cause a check; running is the scheduler's right.
            cron.sudo()._trigger()
        return result
