"""The SQL of payment files, runs and wages: set-based, one query a subject."""

from odoo.tools import SQL

#: Documents around a bulk line that are looked at, the nearest to it by due date.
BULK_ITEMS = 1500
WAGE_ITEMS = 5000


def runs(company_id, first, last, keys):
    """id, name, message, is_wages, journal_id, date, currency and the orders of files: all of those to be
    executed from ``first`` to ``last`` with an order that is not booked, and single booked orders by their keys."""
    return SQL(
        """
        SELECT r.id, r.name, r.message, r.is_wages, r.journal_id, r.date, c.name AS currency,
               json_agg(json_build_array(o.id, o.sign * o.amount, o.end_to_end, o.partner_id, o.account_key, o.name,
                        o.text, o.state, (SELECT json_agg(item.move_line_id) FROM ai_payment_run_item_rel item
                                           WHERE item.order_id = o.id)) ORDER BY o.id) AS orders
          FROM ai_payment_run r
          JOIN res_currency c ON c.id = r.currency_id
          JOIN ai_payment_run_line o ON o.run_id = r.id
         WHERE r.company_id = %(company)s
           AND (r.is_open AND r.date BETWEEN %(first)s AND %(last)s
                OR o.end_to_end_key = ANY(%(keys)s) AND o.state = 'booked')
         GROUP BY r.id, c.name
        """,
        company=company_id,
        first=first,
        last=last,
        keys=list(keys),
    )


def due_items(company_id, account_type, first, last, until):
    """id of the open documents due from ``first`` to ``last`` and dated until ``until``."""
    return SQL(
        """
        SELECT aml.id FROM account_move_line aml
         WHERE aml.company_id = %(company)s AND aml.parent_state = 'posted'
           AND (aml.reconciled IS NULL OR aml.reconciled = FALSE) AND aml.display_type = 'payment_term'
           AND aml.account_id IN (SELECT id FROM account_account WHERE account_type = %(type)s)
           AND aml.date_maturity BETWEEN %(first)s AND %(last)s AND aml.date <= %(until)s
         ORDER BY aml.date_maturity DESC, aml.id LIMIT %(most)s
        """,
        company=company_id,
        type=account_type,
        first=first,
        last=last,
        until=until,
        most=BULK_ITEMS,
    )


def wage_items(company_id, account_ids, first, last):
    """id of the open items on the accounts of net wages that are dated from ``first`` to ``last``."""
    return SQL(
        """
        SELECT aml.id FROM account_move_line aml JOIN account_account a ON a.id = aml.account_id AND a.reconcile
         WHERE aml.company_id = %s AND aml.parent_state = 'posted'
           AND (aml.reconciled IS NULL OR aml.reconciled = FALSE) AND aml.account_id = ANY(%s)
           AND aml.date BETWEEN %s AND %s
         ORDER BY aml.date DESC, aml.id LIMIT %s
        """,
        company_id,
        list(account_ids),
        first,
        last,
        WAGE_ITEMS,
    )


def employees(company_id, account_ids, since):
    """partner_id, names[], accounts[]: people whose wages were accrued since then."""
    return SQL(
        """
        SELECT p.id, array_agg(DISTINCT p.name) FILTER (WHERE p.name <> '') AS names,
               array_agg(DISTINCT b.sanitized_acc_number) FILTER (WHERE b.sanitized_acc_number <> '') AS accounts
          FROM (SELECT DISTINCT partner_id FROM account_move_line
                 WHERE company_id = %s AND parent_state = 'posted' AND account_id = ANY(%s) AND date >= %s) seen
          JOIN res_partner p ON p.id = seen.partner_id
          LEFT JOIN res_partner_bank b ON b.partner_id = p.id AND b.active
         GROUP BY p.id
        """,
        company_id,
        list(account_ids),
        since,
    )


def settled_wages(company_id, account_ids, since):
    """As ``bank_queries.settled_items``: wages that a bank line paid, one row a partial."""
    return SQL(
        """
        SELECT aml.id, aml.account_id, m.move_type, m.id AS document, aml.partner_id, aml.date, aml.amount_currency,
               c.name AS currency, apr.max_date, -apr.credit_amount_currency AS amount, payer.id AS payer_id,
               m.name AS move_name, m.ref, m.payment_reference, m.invoice_origin, st.id AS bank_line,
               st.payment_ref, st.transaction_details, NULL AS memo
          FROM account_partial_reconcile apr
          JOIN account_move_line aml ON aml.id = apr.credit_move_id
          JOIN account_move m ON m.id = aml.move_id
          JOIN res_currency c ON c.id = aml.currency_id
          JOIN account_move_line payer ON payer.id = apr.debit_move_id
          JOIN account_move pm ON pm.id = payer.move_id
          JOIN account_bank_statement_line st ON st.id = pm.statement_line_id
         WHERE apr.company_id = %s AND apr.max_date >= %s AND aml.account_id = ANY(%s)
         ORDER BY aml.id, apr.id
        """,
        company_id,
        since,
        list(account_ids),
    )


def batch_names(table, column, payment_ids):
    """payment id, name of the batch that it is part of."""
    return SQL(
        "SELECT p.id, b.name FROM account_payment p JOIN %s b ON b.id = p.%s WHERE p.id = ANY(%s)",
        SQL.identifier(table),
        SQL.identifier(column),
        list(payment_ids),
    )
