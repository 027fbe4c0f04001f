"""Parts follow what they are parts of: a counterpart its suggestion, a name its log row."""

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL


class AiFollowMixin(models.AbstractModel):
    """``_follows``: {field with an id: model}; a row is readable when all that it points to is."""

    _name = "ai.follow.mixin"
    _description = "Access Follows the Whole"

    _follows = {}

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, *, bypass_access=False, **kwargs):
        if not (self.env.su or bypass_access):
            parts = [self._followed(name, self.env[model]) for name, model in self._follows.items()]
            domain = Domain.AND([domain, *parts])
        return super()._search(domain, offset, limit, order, bypass_access=bypass_access, **kwargs)

    def _followed(self, name, model):
        model = model.with_context(active_test=False)
        if not model.has_access("read"):
            return Domain.FALSE
        found = model._search(self._followed_domain(model))
        if found.is_empty():
            return Domain.FALSE

        def to_sql(rows, alias, query):
            key = SQL("%s = %s", SQL.identifier(found.table, "id"), rows._field_to_sql(alias, name, query))
            where = SQL("%s AND %s", found.where_clause or SQL("TRUE"), key)
            return SQL("(SELECT TRUE FROM %s WHERE %s LIMIT 1) IS TRUE", found.from_clause, where)

        return Domain.custom(to_sql=to_sql)

    def _followed_domain(self, model):
        """What else limits the rows of ``model``; overridden per model."""
        return Domain.TRUE

    def _check_access(self, operation):
        result = super()._check_access(operation)
        checked = self - result[0] if result else self
        if self.env.su or not checked:
            return result
        hidden = checked - self.with_context(active_test=False).search([("id", "in", checked.ids)])
        if not hidden:
            return result
        forbidden = hidden + result[0] if result else hidden
        return forbidden, lambda: AccessError(self.env._("You may not see what this belongs to."))
