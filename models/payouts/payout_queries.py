"""The SQL of the payout facts: one query a subject, whatever the number of rows and open items."""

from odoo.tools import SQL

from ..facts.bank_queries import _quoted


def standing_items(company_id, clearing, keys, amounts, first):
    """Open items that rows may pay: on the clearing account since ``first``, and customers' that are quoted or have one
    of the amounts. Columns: id, account_id, on_clearing, residual, currency, date, partner_id, partner_names, names,
    document. What payouts and bank lines left on the clearing account is none."""
    return SQL(
        """
        WITH open AS MATERIALIZED (
            SELECT aml.id, aml.move_id, aml.account_id = %(clearing)s AS on_clearing
              FROM account_move_line aml JOIN account_account a ON a.id = aml.account_id
             WHERE aml.reconciled IS NOT TRUE AND aml.company_id = %(company)s AND aml.parent_state = 'posted'
               AND (aml.account_id = %(clearing)s AND aml.date >= %(first)s OR a.account_type = 'asset_receivable')
        ),
        entries AS (SELECT DISTINCT move_id AS id FROM open WHERE NOT on_clearing),
        %(quoted)s
        SELECT aml.id, aml.account_id, open.on_clearing, aml.amount_residual_currency AS residual, c.name AS currency,
               aml.date, aml.partner_id, aml.move_id AS document,
               ARRAY[partner.name, partner.email, root.name, root.email] AS partner_names,
               ARRAY[m.name, m.ref, m.payment_reference, m.invoice_origin, pay.memo, aml.name] AS names
          FROM open
          JOIN account_move_line aml ON aml.id = open.id
          JOIN account_move m ON m.id = aml.move_id
          JOIN res_currency c ON c.id = aml.currency_id
          LEFT JOIN res_partner partner ON partner.id = aml.partner_id
          LEFT JOIN res_partner root ON root.id = partner.commercial_partner_id
          LEFT JOIN account_payment pay ON pay.id = m.origin_payment_id
         WHERE (open.on_clearing AND m.statement_line_id IS NULL
                AND NOT EXISTS (SELECT 1 FROM ai_payout made WHERE made.move_id = m.id))
            OR (NOT open.on_clearing AND m.statement_line_id IS NULL AND (
                aml.amount_residual_currency IN (SELECT unnest(%(amounts)s::numeric[]))
                OR m.id IN (SELECT id FROM quoted)))
         ORDER BY aml.date, aml.id
        """,
        company=company_id,
        clearing=clearing,
        quoted=_quoted(keys),
        amounts=list(amounts),
        first=first,
    )


def paid_items(company_id, keys, amounts, since):
    """Customers' documents that are paid, quoted by the rows or paid with one of the amounts. Columns: id, payer_id,
    account_id, amount, currency, paid_on, partner_id, partner_names, names."""
    return SQL(
        """
        WITH partial AS MATERIALIZED (
            SELECT debit_move_id AS item_id, credit_move_id AS payer_id, max_date, debit_amount_currency AS amount
              FROM account_partial_reconcile WHERE company_id = %(company)s AND max_date >= %(since)s
        ),
        entries AS (
            SELECT DISTINCT aml.move_id AS id FROM partial JOIN account_move_line aml ON aml.id = partial.item_id
             WHERE aml.display_type = 'payment_term'
        ),
        %(quoted)s
        SELECT aml.id, partial.payer_id, aml.account_id, partial.amount, c.name AS currency,
               partial.max_date AS paid_on, aml.partner_id,
               ARRAY[partner.name, partner.email, root.name, root.email] AS partner_names,
               ARRAY[m.name, m.ref, m.payment_reference, m.invoice_origin] AS names
          FROM partial
          JOIN account_move_line aml ON aml.id = partial.item_id
          JOIN account_move_line payer ON payer.id = partial.payer_id
          JOIN account_move m ON m.id = aml.move_id
          JOIN account_account a ON a.id = aml.account_id
          JOIN res_currency c ON c.id = aml.currency_id
          LEFT JOIN res_partner partner ON partner.id = aml.partner_id
          LEFT JOIN res_partner root ON root.id = partner.commercial_partner_id
         WHERE a.account_type = 'asset_receivable' AND aml.display_type = 'payment_term'
           AND payer.display_type = 'product'
           AND (partial.amount IN (SELECT unnest(%(amounts)s::numeric[])) OR m.id IN (SELECT id FROM quoted))
         ORDER BY aml.id, partial.payer_id
        """,
        company=company_id,
        quoted=_quoted(keys),
        amounts=list(amounts),
        since=since,
    )


def vendor_bills(company_id, vendors):
    """Open bills of these commercial partners: id, vendor_id, residual, currency, date."""
    return SQL(
        """
        SELECT aml.id, partner.commercial_partner_id AS vendor_id, aml.amount_residual_currency AS residual,
               c.name AS currency, aml.date
          FROM account_move_line aml
          JOIN account_account a ON a.id = aml.account_id AND a.account_type = 'liability_payable'
          JOIN res_partner partner ON partner.id = aml.partner_id
          JOIN res_currency c ON c.id = aml.currency_id
          JOIN account_move m ON m.id = aml.move_id AND m.move_type IN ('in_invoice', 'in_receipt')
         WHERE aml.company_id = %s AND aml.parent_state = 'posted' AND aml.reconciled IS NOT TRUE
           AND partner.commercial_partner_id = ANY(%s) AND aml.amount_residual < 0
         ORDER BY aml.date, aml.id
        """,
        company_id,
        list(vendors),
    )


def bank_items(company_id, accounts):
    """Open items that bank lines left on clearing accounts: id, account_id, residual, currency, date."""
    return SQL(
        """
        SELECT aml.id, aml.account_id, aml.amount_residual_currency AS residual, c.name AS currency, aml.date
          FROM account_move_line aml
          JOIN account_move m ON m.id = aml.move_id
          JOIN res_currency c ON c.id = aml.currency_id
         WHERE aml.company_id = %s AND aml.account_id = ANY(%s) AND aml.parent_state = 'posted'
           AND aml.reconciled IS NOT TRUE AND m.statement_line_id IS NOT NULL
         ORDER BY aml.date, aml.id
        """,
        company_id,
        list(accounts),
    )


def held_items(item_ids, payout_ids):
    """Ids of items that open suggestions promise to others than these payouts."""
    return SQL(
        """
        SELECT DISTINCT i.move_line_id FROM ai_suggestion_item i JOIN ai_suggestion s ON s.id = i.suggestion_id
         WHERE i.move_line_id = ANY(%s) AND s.state IN ('pending', 'accepted') AND s.is_question IS NOT TRUE
           AND NOT (s.res_model = 'ai.payout' AND s.res_id = ANY(%s))
        """,
        list(item_ids),
        list(payout_ids),
    )


def clearing_items(company_id, currencies, first):
    """What stands open for the bank on clearing accounts: what payouts left for it, and sales since ``first``. Columns:
    id, account_id, provider_id, payout, residual, residual_company, amount, currency, date, partner_id, document,
    label, names."""
    return SQL(
        """
        SELECT aml.id, aml.account_id, p.id AS provider_id, made.name AS payout,
               aml.amount_residual_currency AS residual, aml.amount_residual AS residual_company,
               aml.amount_currency AS amount, c.name AS currency, aml.date, aml.partner_id, aml.move_id AS document,
               COALESCE(made.name, m.name) AS label,
               CASE WHEN made.id IS NULL THEN ARRAY[m.name, m.ref] ELSE ARRAY[made.name] END AS names
          FROM ai_payment_provider p
          JOIN account_move_line aml ON aml.account_id = p.clearing_account_id AND aml.company_id = p.company_id
          JOIN account_move m ON m.id = aml.move_id
          JOIN res_currency c ON c.id = aml.currency_id
          LEFT JOIN ai_payout made ON made.move_id = m.id
         WHERE p.active AND p.company_id = %s AND aml.reconciled IS NOT TRUE AND aml.parent_state = 'posted'
           AND m.statement_line_id IS NULL AND c.name IN (SELECT unnest(%s::text[])) AND aml.date >= %s
           AND (made.id IS NULL OR made.net_item_id = aml.id)
         ORDER BY aml.id
        """,
        company_id,
        list(currencies),
        first,
    )
