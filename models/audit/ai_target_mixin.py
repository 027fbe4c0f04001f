"""Access follows the target: who may not read a record sees nothing that is about it."""

from collections import defaultdict

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL

from .readable import by_company_only, journal_domain, readable

#: Models whose own rights decide over the rows about them, where they are installed. A model of a later issue is
#: added here, or says ``_ai_is_target = True`` itself.
TARGETS = (
    "account.bank.statement.line",
    "account.bank.statement",
    "account.move",
    "account.payment",
    "account.journal",
    "ai.bank.import",
    "ai.suggestion",
    "ai.policy",
    "res.partner",
    "res.company",
    "hr.expense",
    "sale.order",
    "purchase.order",
    "stock.picking",
)


class AiTargetMixin(models.AbstractModel):
    """For models with ``res_model``, ``res_id`` and ``company_id``, and a record rule by company.

    Searches, groups, counts and exports all go through ``_search``.
    ``_shows_orphans``: rows about deleted records, and about other models that the user may read, stay visible.
    """

    _name = "ai.target.mixin"
    _description = "Access Follows the Target"

    _shows_orphans = False

    # === SEARCHING === #

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, *, bypass_access=False, **kwargs):
        if not (self.env.su or bypass_access):
            domain = Domain(domain) & self._readable_targets()
            if self._shows_orphans:
                self._plan_plainly()
        return super()._search(domain, offset, limit, order, bypass_access=bypass_access, **kwargs)

    @api.model
    def _plan_plainly(self):
        """Without PostgreSQL's compiler, until the transaction ends: for three dozen sub-selects, of which a row needs
        one, it worked two seconds to save none of the 17 milliseconds that reading took."""
        done = self.env.cr.postcommit.data
        if not done.get("ai_bookkeeper.plain_plans"):
            done["ai_bookkeeper.plain_plans"] = True
            self.env.cr.execute("SET LOCAL jit = off")

    @api.model
    def _target_models(self):
        """Names of the installed models whose rights decide."""
        declared = [name for name, model in self.env.registry.items() if getattr(model, "_ai_is_target", False)]
        names = dict.fromkeys([*TARGETS, *sorted(declared)])
        return [name for name in names if name in self.env and name != self._name]

    def _readable_targets(self):
        """Domain of the rows whose target the user may read."""
        names = self._target_models()
        found = self._readable_others(names) if self._shows_orphans else Domain.FALSE
        for name in names:
            model = self.env[name].with_context(active_test=False)
            readable = self._exists_domain(model) if model.has_access("read") else Domain.FALSE
            if self._shows_orphans:
                readable |= self._gone_domain(model)
            found |= Domain("res_model", "=", name) & readable
        return found

    def _readable_others(self, names):
        """Rows about any other model: the right to read that model decides."""
        allowed = set(self.env["ir.model.access"]._get_allowed_models("read"))
        unreadable = set(self.env.registry) - allowed
        return Domain("res_model", "not in", [*names, *sorted(unreadable)])

    def _exists_domain(self, model):
        """Rows whose target is in what the user finds in ``model``.

        A sub-select that names the row's own id is answered from the target's primary key, row by row as the list
        needs them; ``res_id IN (all that I may read)`` reads a million bank lines to show eighty suggestions. So does
        EXISTS below an OR, which PostgreSQL hashes; a scalar sub-select it can't.
        """
        if self._is_open_by_company(model):
            return Domain.custom(to_sql=lambda rows, alias, query: self._same_company_sql(model, rows, alias, query))
        found = model._search(journal_domain(model))
        if found.is_empty():
            return Domain.FALSE

        def to_sql(rows, alias, query):
            key = SQL("%s = %s", SQL.identifier(found.table, "id"), rows._field_to_sql(alias, "res_id", query))
            where = SQL("%s AND %s", found.where_clause or SQL("TRUE"), key)
            return SQL("(SELECT TRUE FROM %s WHERE %s LIMIT 1) IS TRUE", found.from_clause, where)

        return Domain.custom(to_sql=to_sql)

    def _same_company_sql(self, model, rows, alias, query):
        return SQL(
            "(SELECT TRUE FROM %s target WHERE target.id = %s AND target.company_id = %s) IS TRUE",
            SQL.identifier(model._table),
            rows._field_to_sql(alias, "res_id", query),
            rows._field_to_sql(alias, "company_id", query),
        )

    def _gone_domain(self, model):
        return Domain.custom(
            to_sql=lambda rows, alias, query: SQL(
                "(SELECT TRUE FROM %s target WHERE target.id = %s) IS NULL",
                SQL.identifier(model._table),
                rows._field_to_sql(alias, "res_id", query),
            )
        )

    def _is_open_by_company(self, model):
        """Whether nothing but the company limits what the user reads there: then the row's own rule is enough."""
        company = model._fields.get("company_id")
        if isinstance(model, type(self.env["ai.target.mixin"])) or not (company and company.store):
            return False
        return by_company_only(model) and journal_domain(model).is_true()

    # === READING AND WRITING === #

    def _check_access(self, operation):
        """Reading needs read on the target; anything else needs write on it."""
        result = super()._check_access(operation)
        checked = self - result[0] if result else self
        if self.env.su or not checked:
            return result
        visible = self.with_context(active_test=False).search([("id", "in", checked.ids)])
        hidden = checked - visible
        if operation != "read":
            hidden |= visible._not_writable()
        if not hidden:
            return result
        forbidden = hidden + result[0] if result else hidden
        return forbidden, lambda: forbidden._target_access_error(operation)

    def _not_writable(self):
        targets = self._targets()
        allowed = {
            (name, res_id)
            for name, found in targets.items()
            for res_id in readable(found._filtered_access("write")).ids
        }
        return self.browse([row.id for row in self.sudo() if (row.res_model, row.res_id) not in allowed])

    def _target_access_error(self, operation):
        """Says nothing of what it is about: core's message names records in debug mode."""
        return AccessError(self.env._("You may not see or change what this is about. Ask a bookkeeping manager."))

    def _open_target(self):
        """The action that opens what this one row is about, for who may see the row."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "views": [(False, "form")],
        }

    def _targets(self):
        """{model: records} that these rows are about; records that are gone are left out."""
        known = set(self._target_models())
        ids = defaultdict(list)
        for row in self.sudo():
            if row.res_model in known:
                ids[row.res_model].append(row.res_id)
        return {name: self.env[name].browse(res_ids).exists() for name, res_ids in ids.items()}
