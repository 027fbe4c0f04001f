"""SQL of the checks: bank lines as they came in, what changed since the last check, imports whose lines are gone."""

from datetime import timedelta
from decimal import Decimal

from odoo.tools import SQL

from ...engine.statements.doubles import SOON, Moved

PROVISIONAL = ("camt.052", "camt.054", "mt942")


def changed_line_ids(env, journal, since):
    """Lines of a journal that were made or changed after ``since`` (all, without it)."""
    where = SQL("m.write_date > %s", since) if since else SQL("TRUE")
    rows = env.execute_query(
        SQL(
            """SELECT l.id FROM account_bank_statement_line l JOIN account_move m ON m.id = l.move_id
                WHERE l.journal_id = %s AND m.journal_id = %s AND m.state = 'posted' AND %s ORDER BY l.id""",
            journal.id,
            journal.id,
            where,
        )
    )
    return [row[0] for row in rows]


def moved(env, journals, line_ids):
    """``Moved`` of these lines, and of the lines of these journals in the days around them."""
    if not line_ids:
        return []
    [(first, last)] = env.execute_query(
        SQL(
            """SELECT MIN(m.date), MAX(m.date) FROM account_bank_statement_line l
                 JOIN account_move m ON m.id = l.move_id WHERE l.id = ANY(%s)""",
            line_ids,
        )
    )
    rows = env.execute_query(
        SQL(
            """
            SELECT l.id, l.journal_id, m.date, l.amount::text, c.name, concat_ws(' ', l.payment_ref, l.partner_name),
                   l.account_number, l.transaction_details -> 'references', l.transaction_details ->> 'bank_id',
                   COALESCE(i.format, CASE WHEN l.ai_fingerprint IS NULL THEN 'hand' ELSE '' END),
                   COALESCE(md5(i.mapping::text), ''), COALESCE(l.ai_import_id, 0)
              FROM account_bank_statement_line l
              JOIN account_move m ON m.id = l.move_id AND m.state = 'posted'
              JOIN account_journal j ON j.id = l.journal_id
              JOIN res_company o ON o.id = j.company_id
              JOIN res_currency c ON c.id = COALESCE(j.currency_id, o.currency_id)
         LEFT JOIN ai_bank_import i ON i.id = l.ai_import_id
             WHERE l.journal_id = ANY(%(journals)s) AND m.journal_id = ANY(%(journals)s)
               AND m.date BETWEEN %(first)s AND %(last)s
          ORDER BY l.id
            """,
            journals=journals.ids,
            first=first - SOON,
            last=last + SOON,
        )
    )
    return [_moved(row) for row in rows]


def _moved(row):
    references = row[7] if isinstance(row[7], list) else []
    form = row[9]
    return Moved(
        id=row[0],
        journal=row[1],
        day=row[2],
        amount=Decimal(row[3]).normalize() + 0,
        currency=row[4],
        text=row[5] or "",
        account=row[6] or "",
        references=tuple(str(each) for each in references),
        unique=row[8] or "",
        # Sheets with other columns tell other texts: their keys can't be compared.
        way=f"{form} {row[10]}" if form == "sheet" else form,
        batch=row[11],
        is_provisional=form in PROVISIONAL,
    )


def thinned_imports(env, journal, since):
    """[(import id, lines it made, lines that are left)] of imports that lost lines."""
    where = SQL("i.ended > %s", since - timedelta(days=400)) if since else SQL("TRUE")
    return env.execute_query(
        SQL(
            """
            SELECT i.id, i.created_count, COUNT(l.id)
              FROM ai_bank_import i LEFT JOIN account_bank_statement_line l ON l.ai_import_id = i.id
             WHERE i.journal_id = %s AND i.state = 'done' AND %s
          GROUP BY i.id HAVING COUNT(l.id) < i.created_count
            """,
            journal.id,
            where,
        )
    )
