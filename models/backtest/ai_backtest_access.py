"""A backtest adds up journals: who may not read one of them sees none of its sums."""

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ..audit.readable import by_company_only


class AiBacktest(models.Model):
    _name = "ai.backtest"
    _inherit = "ai.backtest"

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, *, bypass_access=False, **kwargs):
        if not (self.env.su or bypass_access):
            domain = Domain(domain) & self._open_domain()
        return super()._search(domain, offset, limit, order, bypass_access=bypass_access, **kwargs)

    def _open_domain(self):
        journals = self.env["account.journal"].with_context(active_test=False)
        if by_company_only(journals):
            return Domain.TRUE
        hidden = journals.sudo().search([("id", "not in", journals.search([]).ids)])
        return Domain("covered_journal_ids", "not in", hidden.ids) & Domain("journal_ids", "not in", hidden.ids)

    def _check_access(self, operation):
        result = super()._check_access(operation)
        checked = self - result[0] if result else self
        if self.env.su or not checked or by_company_only(self.env["account.journal"]):
            return result
        hidden = checked - checked.sudo().filtered_domain(self._open_domain()).sudo(False)
        if not hidden:
            return result
        forbidden = hidden + result[0] if result else hidden
        return forbidden, lambda: AccessError(self.env._("This backtest covers a journal that is closed to you."))
