"""The SQL of counterparts: set-based, one query a subject."""

from odoo.tools import SQL


def ledgers(company_id, rows):
    """key, account_id, date, all of the day, of these by bank and cash: posted items on these accounts.

    :param rows: (key, account id, partner id or None)
    """
    return SQL(
        """
        SELECT wanted.key, wanted.account_id, aml.date, sum(aml.balance),
               COALESCE(sum(aml.balance) FILTER (WHERE j.type IN ('bank', 'cash', 'credit')), 0)
          FROM unnest(%s::int[], %s::int[], %s::int[]) AS wanted(key, account_id, partner_id)
          JOIN account_move_line aml ON aml.account_id = wanted.account_id AND aml.company_id = %s
               AND aml.parent_state = 'posted'
               AND (wanted.partner_id = 0 OR aml.partner_id = wanted.partner_id)
          JOIN account_journal j ON j.id = aml.journal_id
         GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
        """,
        [row[0] for row in rows],
        [row[1] for row in rows],
        [row[2] or 0 for row in rows],
        company_id,
    )


def support(company_id):
    """claim, loan, decided, accepted as they stood: of what was proposed as sure, by people only."""
    return SQL(
        """
        SELECT (evidence #>> '{details,settling,claim}')::int, (evidence #>> '{details,settling,loan}')::int,
               count(*), count(*) FILTER (WHERE state = 'applied' AND is_edited IS NOT TRUE)
          FROM ai_suggestion
         WHERE company_id = %s AND kind = 'bank_coding' AND "case" IN ('settles', 'split')
           AND state IN ('applied', 'rejected', 'undone') AND decision = 'person'
           AND evidence #>> '{details,settling,sure}' = 'true'
         GROUP BY 1, 2
        """,
        company_id,
    )


def settled(counterpart_ids):
    """id, counterpart of the suggestions that are booked with these counterparts."""
    return SQL(
        """
        SELECT id, (evidence #>> '{details,settling,counterpart}')::int AS counterpart_id
          FROM ai_suggestion
         WHERE kind = 'bank_coding' AND "case" IN ('settles', 'split') AND state = 'applied'
           AND (evidence #>> '{details,settling,counterpart}')::int = ANY(%s)
        """,
        list(counterpart_ids),
    )


def instalments(loan_ids, first, last):
    """id, loan, date, payment, interest, principal, fee, before: instalments that no reconciled bank line paid."""
    return SQL(
        """
        SELECT plan.id, plan.loan_id, plan.date, plan.payment, plan.interest, plan.principal, plan.fee, plan.before
          FROM ai_loan_line plan
          LEFT JOIN account_bank_statement_line st ON st.id = plan.bank_line_id AND st.is_reconciled
         WHERE plan.loan_id = ANY(%s) AND plan.date BETWEEN %s AND %s AND st.id IS NULL
         ORDER BY plan.loan_id, plan.date, plan.id
        """,
        list(loan_ids),
        first,
        last,
    )


def payees(company_id, since):
    """account_number, name, account_id, lines: to whom bank lines went and what they were booked on; account 0 while
    they are open."""
    return SQL(
        """
        SELECT COALESCE(st.account_number, '') AS number, COALESCE(st.partner_name, '') AS name,
               COALESCE(CASE WHEN st.is_reconciled THEN aml.account_id END, 0) AS account_id, count(DISTINCT st.id),
               max(st.partner_id)
          FROM account_bank_statement_line st
          JOIN account_move m ON m.id = st.move_id
          JOIN account_journal j ON j.id = st.journal_id
          LEFT JOIN account_move_line aml ON aml.move_id = m.id AND aml.account_id <> j.default_account_id
               AND aml.account_id <> j.suspense_account_id AND aml.tax_line_id IS NULL
         WHERE st.company_id = %s AND m.date >= %s
           AND (COALESCE(st.account_number, '') <> '' OR COALESCE(st.partner_name, '') <> '')
         GROUP BY 1, 2, 3
        """,
        company_id,
        since,
    )
