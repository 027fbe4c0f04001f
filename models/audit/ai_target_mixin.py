"""Access follows the target: who may not read a record sees nothing that is about it."""

from collections import defaultdict

from odoo import api, models
from odoo.fields import Domain

#: Models with rights of their own that rows of the addon are about.
TARGETS = ("account.bank.statement.line", "account.move", "account.payment", "ai.bank.import")


class AiTargetMixin(models.AbstractModel):
    """For models with ``res_model`` and ``res_id``. Searches, groups, counts and exports all go through ``_search``.

    ``_shows_orphans``: rows about deleted records, and about models without rights of their own, stay visible.
    """

    _name = "ai.target.mixin"
    _description = "Access Follows the Target"

    _shows_orphans = False

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, *, bypass_access=False, **kwargs):
        if not (self.env.su or bypass_access):
            domain = Domain(domain) & self._readable_targets()
        return super()._search(domain, offset, limit, order, bypass_access=bypass_access, **kwargs)

    def _readable_targets(self):
        """Domain of the rows whose target the user may read."""
        found = Domain("res_model", "not in", TARGETS) if self._shows_orphans else Domain.FALSE
        for name in TARGETS:
            model = self.env[name]
            readable = Domain("res_id", "in", model._search([])) if model.has_access("read") else Domain.FALSE
            if self._shows_orphans:
                readable |= Domain("res_id", "not in", model.sudo().with_context(active_test=False)._search([]))
            found |= Domain("res_model", "=", name) & readable
        return found

    def _check_access(self, operation):
        """Reading needs read on the target; anything else needs write on it."""
        result = super()._check_access(operation)
        checked = self - result[0] if result else self
        if self.env.su or not checked:
            return result
        needed = "read" if operation == "read" else "write"
        targets = checked._targets()
        allowed = {(name, res_id) for name, found in targets.items() for res_id in found._filtered_access(needed).ids}
        existing = {(name, res_id) for name, found in targets.items() for res_id in found.ids}

        def is_hidden(row):
            key = (row.res_model, row.res_id)
            return key not in allowed and not (self._shows_orphans and key not in existing)

        hidden = checked.browse([row.id for row in checked.sudo() if is_hidden(row)])
        if not hidden:
            return result
        forbidden = hidden + result[0] if result else hidden
        return forbidden, lambda: self.env["ir.rule"]._make_access_error(operation, forbidden)

    def _targets(self):
        """{model: records} that these rows are about; records that are gone are left out."""
        ids = defaultdict(list)
        for row in self.sudo():
            if row.res_model in TARGETS:
                ids[row.res_model].append(row.res_id)
        return {name: self.env[name].browse(res_ids).exists() for name, res_ids in ids.items()}
