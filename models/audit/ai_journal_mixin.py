"""A closed journal closes what stands in it: core's rules on journals do not reach lines, statements and imports."""

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from .readable import journal_domain


class AiJournalMixin(models.AbstractModel):
    """For models with ``journal_id`` whose screens are this addon's."""

    _name = "ai.journal.mixin"
    _description = "Access Follows the Journal"

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, *, bypass_access=False, **kwargs):
        if not (self.env.su or bypass_access):
            domain = Domain(domain) & journal_domain(self)
        return super()._search(domain, offset, limit, order, bypass_access=bypass_access, **kwargs)

    def _check_access(self, operation):
        result = super()._check_access(operation)
        checked = self - result[0] if result else self
        shown = journal_domain(self)
        if not checked or shown.is_true():
            return result
        hidden = checked - checked.sudo().filtered_domain(shown).sudo(False)
        if not hidden:
            return result
        forbidden = hidden + result[0] if result else hidden
        return forbidden, lambda: AccessError(self.env._("This is in a journal that is closed to you."))
