"""Until when the company's tax returns are filed."""

from odoo import models


class ResCompany(models.Model):
    _name = "res.company"
    _inherit = "res.company"

    def _ai_filed_until(self):
        """The last day of the filed periods: the latest of tax, fiscal and hard lock, of the parents too.

        Exceptions from a lock let somebody book there; the return stays filed.
        """
        self.ensure_one()
        company = self.with_context(ignore_exceptions=True)
        return max(company.user_tax_lock_date, company.user_fiscalyear_lock_date, company.user_hard_lock_date)
