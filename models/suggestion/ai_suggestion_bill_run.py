"""Bills that were read while another run held their company are proposed for by the next scheduled one."""

from odoo import api, models

BATCH = 200


class AiSuggestion(models.Model):
    _name = "ai.suggestion"
    _inherit = "ai.suggestion"

    @api.model
    def _cron_propose(self):
        result = super()._cron_propose()
        for company in self.env["res.company"].search([("ai_propose_automatically", "=", True)]):
            if not self.env["ai.policy"]._is_paused(company) and self._lock_company(company):
                self.with_company(company)._propose_bills(company)
                self.env["ir.cron"]._commit_progress()
        return result

    @api.model
    def _propose_bills(self, company):
        """Propose for the drafts of ``company`` whose document was read and that nothing was ever proposed for."""
        proposer = self.env["ai.proposer.bill_document"].sudo()
        known = self.sudo()._search([("kind", "=", "bill_document"), ("company_id", "=", company.id)])
        domain = [
            *proposer._task_domain(),
            ("company_id", "=", company.id),
            ("id", "not in", known.subselect("res_id")),
        ]
        drafts = self.env["account.move"].sudo().search(domain, limit=BATCH, order="id")
        if drafts:
            self.sudo()._run(proposer, drafts)
