"""Lessons read for the learner: examples, and which of them are taken back."""

from decimal import Decimal

from odoo.tools import SQL

from ...engine.coding import Template
from ...engine.learning import Case, Example

_COLUMNS = SQL(
    """SELECT e.id, e.forgets_id, e.source, e.res_id, e.date, e.payee, e.payee_name, e.text, e.amount,
              c.name AS currency, c.decimal_places AS places, e.journal_id, e.transaction_code, e.label, e.weight
         FROM ai_learning_event e JOIN res_currency c ON c.id = e.currency_id"""
)


def live(company_id, scope, limit):
    """The newest ``limit`` lessons that count, in order of date: what a snapshot is built from."""
    return SQL(
        """SELECT * FROM (%s WHERE e.company_id = %s AND e.scope = %s AND e.forgets_id IS NULL
              AND NOT EXISTS (SELECT 1 FROM ai_learning_event f WHERE f.forgets_id = e.id)
            ORDER BY e.date DESC, e.id DESC LIMIT %s) newest ORDER BY date, id""",
        _COLUMNS,
        company_id,
        scope,
        limit,
    )


def chosen(event_ids):
    """These rows, in the order in which they were written."""
    return SQL("%s WHERE e.id = ANY(%s) ORDER BY e.id", _COLUMNS, list(event_ids))


def newer(company_id, scope, after, gaps, limit):
    """id: rows that a snapshot does not know, the newest ``limit`` of them, without those of a run over history: they
    come with the snapshot that ends the run.

    :param gaps: ids below ``after`` that were not committed when the snapshot was built
    """
    return SQL(
        """SELECT id FROM ai_learning_event
            WHERE company_id = %s AND scope = %s AND (id > %s OR id = ANY(%s)) AND history_id IS NULL
            ORDER BY id DESC LIMIT %s""",
        company_id,
        scope,
        after,
        list(gaps),
        limit,
    )


def missing(window):
    """id: numbers below the newest row that are no row, among the last ``window``: rolled back, or still to come."""
    return SQL(
        """SELECT n.id FROM (SELECT max(id) AS top FROM ai_learning_event) newest,
                  generate_series(GREATEST(newest.top - %s, 1), newest.top) AS n(id)
            WHERE NOT EXISTS (SELECT 1 FROM ai_learning_event e WHERE e.id = n.id)""",
        window,
    )


def example(row):
    """The example that a row of ``live`` or ``chosen`` is."""
    amount = Decimal(str(row["amount"])).quantize(Decimal(1).scaleb(-row["places"]))
    case = Case(
        key=row["res_id"],
        date=row["date"],
        payee=row["payee"] or "",
        text=row["text"] or "",
        amount=amount,
        currency=row["currency"],
        unit=str(row["journal_id"] or ""),
        name=row["payee_name"] or "",
        code=row["transaction_code"] or "",
    )
    return Example(case, row["label"], row["weight"])


def changes(rows):
    """(example, whether it is learned) in their order; a lesson that is taken back among them is neither."""
    known = {row["id"] for row in rows}
    dropped = {row["forgets_id"] for row in rows} & known
    for row in rows:
        if row["id"] not in dropped and row["forgets_id"] not in known:
            yield example(row), not row["forgets_id"]


def uses(label, accounts):
    """Whether a coding books to one of these accounts."""
    try:
        return any(part.account in accounts for part in Template.from_label(label).parts)
    except (ValueError, TypeError, IndexError):
        return True
