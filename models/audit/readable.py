"""What a user may read of the books: record rules beyond the company, and journals that are closed to some."""

from odoo.fields import Domain

#: Where rules may hide single documents: the salary journal, the director's expenses.
BOOKS = ("account.journal", "account.move", "account.move.line", "account.bank.statement.line")


def by_company_only(model):
    """Whether record rules let the user read all of ``model`` in the switched-on companies."""
    domain = model.env["ir.rule"]._compute_domain(model._name, "read")
    return model.env.su or _grants_companies(Domain(domain), model, set(model.env.companies.ids))


def _grants_companies(domain, model, companies):
    return all(_is_granted(condition, model, companies) for condition in domain.iter_conditions()) and not (
        domain.is_false()
    )


def _is_granted(condition, model, companies):
    field, operator, value = condition.field_expr, condition.operator, condition.value
    if field in model._inherits.values() and operator in ("any", "any!") and isinstance(value, Domain):
        return _grants_companies(value, model.env[model._fields[field].comodel_name], companies)
    if field not in ("company_id", "company_ids") or operator not in ("in", "parent_of"):
        return False
    values = {value} if isinstance(value, int) else set(value) if not isinstance(value, str) else set()
    return companies <= values and False not in values


def sees_all_books(env):
    """Whether the user sees every document of the switched-on companies; most do, and then nothing is masked."""
    return env.su or all(env[name].has_access("read") and by_company_only(env[name]) for name in BOOKS)


def journal_domain(model):
    """Limits ``model`` to journals that the user may read: core's rules on journals do not reach their entries."""
    journals = model.env["account.journal"]
    if "journal_id" not in model._fields or model.env.su or by_company_only(journals):
        return Domain.TRUE
    if not journals.has_access("read"):
        return Domain("journal_id", "=", False)
    readable = journals.with_context(active_test=False).search([]).ids
    return Domain("journal_id", "in", [False, *readable])


def item_domain(items):
    """Limits journal items to entries and journals that the user may read: core's rules on those do not reach them."""
    domain = journal_domain(items)
    moves = items.env["account.move"]
    if moves.env.su or by_company_only(moves):
        return domain
    # Not "any": the field bypasses the entries' rules.
    return domain & Domain("move_id", "in", moves._search(journal_domain(moves)))


def readable_items(items):
    """Those of these journal items whose item, entry and journal the user may read."""
    if items.env.su or not items:
        return items
    if not items.has_access("read"):
        return items.browse()
    return items.search(Domain("id", "in", items.ids) & item_domain(items), order="id")


def readable(records):
    """Those of these records that the user may read, their journal included."""
    if records.env.su or not records:
        return records
    shown = records._filtered_access("read")
    limit = journal_domain(records)
    return shown if limit.is_true() else shown & shown.sudo().filtered_domain(limit).sudo(False)
