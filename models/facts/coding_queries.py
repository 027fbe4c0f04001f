"""The SQL of the coding facts: set-based, one query a subject, whatever the number of lines."""

from odoo.tools import SQL


def with_documents(line_ids):
    """id of the bank lines with something attached to them or to their entry."""
    return SQL(
        """
        SELECT st.id FROM account_bank_statement_line st
         WHERE st.id = ANY(%s) AND EXISTS (
               SELECT 1 FROM ir_attachment a
                WHERE a.res_field IS NULL
                  AND (a.res_model = 'account.move' AND a.res_id = st.move_id
                       OR a.res_model = 'account.bank.statement.line' AND a.res_id = st.id))
        """,
        list(line_ids),
    )


def expected(line_ids):
    """id, ai_expected of the bank lines that wait for their document."""
    return SQL(
        "SELECT id, ai_expected FROM account_bank_statement_line WHERE id = ANY(%s) AND ai_expected IS NOT NULL",
        list(line_ids),
    )


def worths(line_ids):
    """id, amount in the company's currency of what is not explained yet of the bank lines."""
    return SQL(
        """
        SELECT st.id, -sum(s.balance)
          FROM account_bank_statement_line st
          JOIN account_journal j ON j.id = st.journal_id
          JOIN account_move_line s ON s.move_id = st.move_id AND s.account_id = j.suspense_account_id
         WHERE st.id = ANY(%s)
         GROUP BY st.id
        """,
        list(line_ids),
    )


def payers(company_id, since):
    """partner_id, account_number, partner_name, text, count: whom people put on reconciled bank lines. The text counts
    only where the bank tells nothing else."""
    return SQL(
        """
        SELECT st.partner_id, st.account_number, st.partner_name,
               CASE WHEN COALESCE(st.account_number, '') = '' AND COALESCE(st.partner_name, '') = ''
                    THEN st.payment_ref END AS text,
               count(*)
          FROM account_bank_statement_line st JOIN account_move m ON m.id = st.move_id
         WHERE st.company_id = %s AND st.is_reconciled AND st.partner_id IS NOT NULL AND m.date >= %s
         GROUP BY 1, 2, 3, 4
        """,
        company_id,
        since,
    )


def balances(company_id, account_ids):
    """account_id, date, balance of the day: posted items on these accounts."""
    return SQL(
        """
        SELECT account_id, date, sum(balance) FROM account_move_line
         WHERE company_id = %s AND parent_state = 'posted' AND account_id = ANY(%s)
         GROUP BY account_id, date ORDER BY account_id, date
        """,
        company_id,
        list(account_ids),
    )


def split_lessons(company_id, scope, last):
    """payee, date, amount, label, lines: the newest lessons with several parts, ``last`` of each payee and label."""
    return SQL(
        """
        SELECT * FROM (
            SELECT e.id, e.payee, e.date, e.amount, e.label, e.lines,
                   row_number() OVER (PARTITION BY e.payee, e.label ORDER BY e.date DESC, e.id DESC) AS place
              FROM ai_learning_event e
             WHERE e.company_id = %s AND e.scope = %s AND e.forgets_id IS NULL AND e.weight > 0
               AND jsonb_typeof(e.lines) = 'array' AND jsonb_array_length(e.lines) > 1
               AND NOT EXISTS (SELECT 1 FROM ai_learning_event f WHERE f.forgets_id = e.id)
        ) found WHERE place <= %s ORDER BY date, id
        """,
        company_id,
        scope,
        last,
    )
