"""The SQL of what is expected: bank lines and promised money, one query each, whatever their number."""

from odoo.tools import SQL

#: Which claims are asked for.
ALL, OPEN, SETTLED = "all", "open", "settled"


def movements(company_id, since):
    """One row a posted bank line, in order of day: id, date, amount, currency, balance (in the company's currency),
    journal_id, partner_id, account_number, partner_name, text, is_booked, partner, account_id (the liability that it
    settles), is_transfer (between own accounts)."""
    return SQL(
        """
        SELECT st.id, m.date, st.amount, c.name AS currency, st.journal_id, st.partner_id, st.account_number,
               st.partner_name, st.payment_ref AS text, p.name AS partner, st.is_reconciled IS TRUE AS is_booked,
               found.balance, found.account_id, found.is_transfer
          FROM account_bank_statement_line st
          JOIN account_move m ON m.id = st.move_id
          JOIN account_journal j ON j.id = st.journal_id
          JOIN res_company co ON co.id = st.company_id
          JOIN res_currency c ON c.id = COALESCE(j.currency_id, co.currency_id)
          LEFT JOIN res_partner p ON p.id = st.partner_id
          CROSS JOIN LATERAL (
              SELECT sum(aml.balance) FILTER (WHERE aml.account_id = j.default_account_id) AS balance,
                     COALESCE(bool_or(aml.account_id = co.transfer_account_id), FALSE) AS is_transfer,
                     (array_agg(aml.account_id ORDER BY abs(aml.balance) DESC, aml.id)
                          FILTER (WHERE a.account_type IN ('liability_current', 'liability_non_current')
                                    AND aml.account_id NOT IN (j.default_account_id, j.suspense_account_id)))[1]
                     AS account_id
                FROM account_move_line aml JOIN account_account a ON a.id = aml.account_id
               WHERE aml.move_id = m.id
          ) found
         WHERE st.company_id = %s AND m.state = 'posted' AND m.date >= %s AND st.amount <> 0
         ORDER BY m.date, st.id
        """,
        company_id,
        since,
    )


def claims(company_id, since, journals=None, which=ALL):
    """partner_id, due, known, settled, side (1 receivable, -1 payable, 0 registered payment), currency, journal_id (of
    a registered payment), amount (in the company's currency), amount_currency: what documents and registered payments
    promise, summed over what is alike.

    :param since: what was settled before that day is left out
    :param journals: only items of these journals
    :param which: ``ALL``, or only what is ``OPEN`` now, or what was ``SETTLED``
    """
    own = SQL("TRUE") if journals is None else SQL("aml.journal_id = ANY(%s)", list(journals))
    parts = SQL(
        """
        SELECT items.*, apr.max_date AS settled,
               CASE WHEN apr.debit_move_id = items.id THEN apr.amount ELSE -apr.amount END AS part,
               CASE WHEN apr.debit_move_id = items.id THEN apr.debit_amount_currency
                    ELSE -apr.credit_amount_currency END AS part_currency
          FROM items JOIN account_partial_reconcile apr ON apr.debit_move_id = items.id OR apr.credit_move_id = items.id
         WHERE apr.max_date >= %s
        """,
        since,
    )
    rests = SQL(
        """
        SELECT items.*, NULL::date AS settled, amount_residual AS part, amount_residual_currency AS part_currency
          FROM items WHERE amount_residual <> 0 AND reconciled IS NOT TRUE
        """
    )
    wanted = {OPEN: rests, SETTLED: parts, ALL: SQL("%s UNION ALL %s", parts, rests)}
    return SQL(
        """
        WITH items AS NOT MATERIALIZED (
            SELECT aml.id, aml.partner_id, COALESCE(aml.date_maturity, aml.date) AS due, aml.date AS known,
                   aml.amount_residual, aml.amount_residual_currency, c.name AS currency, aml.reconciled,
                   CASE WHEN m.origin_payment_id IS NOT NULL THEN 0
                        WHEN a.account_type = 'asset_receivable' THEN 1 ELSE -1 END AS side,
                   CASE WHEN m.origin_payment_id IS NOT NULL THEN aml.journal_id END AS journal_id
              FROM account_move_line aml
              JOIN account_move m ON m.id = aml.move_id
              JOIN account_account a ON a.id = aml.account_id
              JOIN res_currency c ON c.id = aml.currency_id
              LEFT JOIN account_payment pay ON pay.id = m.origin_payment_id
             WHERE aml.company_id = %(company)s AND aml.parent_state = 'posted' AND m.statement_line_id IS NULL
               AND CASE WHEN pay.id IS NULL THEN a.account_type IN ('asset_receivable', 'liability_payable')
                        ELSE aml.account_id = pay.outstanding_account_id AND a.reconcile END
               AND %(own)s AND %(state)s
        )
        SELECT partner_id, due, known, settled, side, currency, journal_id, sum(part) AS amount,
               sum(part_currency) AS amount_currency
          FROM (%(wanted)s) found
         GROUP BY 1, 2, 3, 4, 5, 6, 7, sign(part)
        """,
        company=company_id,
        own=own,
        state=SQL("aml.reconciled IS NOT TRUE") if which == OPEN else SQL("TRUE"),
        wanted=wanted[which],
    )


def last_lines(company_id):
    """journal_id, date: the newest posted bank line of each journal."""
    return SQL(
        """
        SELECT st.journal_id, max(m.date)
          FROM account_bank_statement_line st JOIN account_move m ON m.id = st.move_id
         WHERE st.company_id = %s AND m.state = 'posted' GROUP BY 1
        """,
        company_id,
    )
