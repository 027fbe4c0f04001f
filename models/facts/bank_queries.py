"""The SQL of the bank facts: set-based, one query a subject, whatever the number of lines.

Each function answers a ``SQL`` whose columns are named in its docstring.
"""

from odoo.tools import SQL

#: Ids of the entries among ``entries`` whose number, reference or memo a text names: the same keys as
#: ``engine.matching.reference_keys`` gives, joined by hash, since comparing arrays would grow with lines times items.
_QUOTED = """
    wanted AS (SELECT DISTINCT unnest(%(keys)s::text[]) AS key),
    names AS (
        SELECT DISTINCT m.id, texts.name FROM entries JOIN account_move m ON m.id = entries.id
          LEFT JOIN account_payment p ON p.id = m.origin_payment_id
          CROSS JOIN LATERAL (VALUES (m.name), (m.ref), (m.payment_reference), (p.memo)) AS texts(name)
         WHERE texts.name ~ '\\d{3}'
    ),
    quoted AS (
        SELECT DISTINCT names.id FROM names
          CROSS JOIN LATERAL (VALUES
              (regexp_replace(name, '\\D', '', 'g')),
              (substring(name FROM '(\\d+)\\D*$')),
              (ltrim(substring(name FROM '(\\d+)\\D*$'), '0')),
              (upper(regexp_replace(name, '[^[:alnum:]]', '', 'g')))
          ) AS keys(key)
          JOIN wanted ON wanted.key = keys.key
    )
"""


def _quoted(keys):
    return SQL(_QUOTED, keys=list(keys))


def lines(line_ids):
    """id, company, journal, date, amount, currency, text, partner, partner_name, account_number, details, code,
    foreign_amount, foreign_currency; only lines that still have a suspense line."""
    return SQL(
        """
        SELECT st.id, st.company_id, st.journal_id, m.date, c.name AS currency, st.payment_ref, st.partner_id,
               st.partner_name, st.account_number, st.transaction_details, st.transaction_type,
               CASE WHEN s.currency_id = c.id THEN -s.amount_currency ELSE st.amount END AS amount,
               CASE WHEN s.currency_id <> c.id THEN -s.amount_currency END AS foreign_amount,
               CASE WHEN s.currency_id <> c.id THEN fc.name END AS foreign_currency
          FROM account_bank_statement_line st
          JOIN account_move m ON m.id = st.move_id
          JOIN account_journal j ON j.id = st.journal_id
          JOIN res_company co ON co.id = st.company_id
          JOIN res_currency c ON c.id = COALESCE(j.currency_id, co.currency_id)
          JOIN account_move_line s ON s.move_id = m.id AND s.account_id = j.suspense_account_id
          JOIN res_currency fc ON fc.id = s.currency_id
         WHERE st.id = ANY(%s) AND m.state = 'posted' AND st.is_reconciled IS NOT TRUE
         ORDER BY st.id
        """,
        list(line_ids),
    )


def other_lines(company_id, line_ids, amounts, first, last):
    """Same columns as :func:`lines`: open lines of the company with an opposite amount, near in time."""
    return SQL(
        """
        SELECT st.id
          FROM account_bank_statement_line st JOIN account_move m ON m.id = st.move_id
         WHERE st.company_id = %s AND st.is_reconciled IS NOT TRUE AND m.state = 'posted'
           AND m.date BETWEEN %s AND %s AND st.amount IN (SELECT unnest(%s::numeric[])) AND NOT st.id = ANY(%s)
        """,
        company_id,
        first,
        last,
        list(amounts),
        list(line_ids),
    )


def parties(company_id, since):
    """partner_id, names[], accounts[], is_customer, is_vendor: partners with items that are open or recent, and
    customers and vendors that have none yet: they pay in advance."""
    return SQL(
        """
        WITH sides AS (
            SELECT aml.partner_id AS id, a.account_type = 'asset_receivable' AS is_customer,
                   a.account_type = 'liability_payable' AS is_vendor
              FROM account_move_line aml JOIN account_account a ON a.id = aml.account_id
             WHERE aml.company_id = %(company)s AND aml.parent_state = 'posted' AND aml.partner_id IS NOT NULL
               AND a.account_type IN ('asset_receivable', 'liability_payable')
               AND (aml.reconciled IS NOT TRUE OR aml.date >= %(since)s)
            UNION
            SELECT id, customer_rank > 0, supplier_rank > 0 FROM res_partner
             WHERE (customer_rank > 0 OR supplier_rank > 0) AND commercial_partner_id = id AND active
               AND (company_id IS NULL OR company_id = %(company)s)
        ),
        seen AS (
            SELECT id, bool_or(is_customer) AS is_customer, bool_or(is_vendor) AS is_vendor FROM sides GROUP BY id
        )
        SELECT seen.id, seen.is_customer, seen.is_vendor,
               array_agg(DISTINCT p.name) FILTER (WHERE p.name <> '') AS names,
               array_agg(DISTINCT b.sanitized_acc_number) FILTER (WHERE b.sanitized_acc_number <> '') AS accounts
          FROM seen
          JOIN res_partner p ON p.id = seen.id OR (p.commercial_partner_id = seen.id AND p.type = 'contact')
          LEFT JOIN res_partner_bank b ON b.partner_id = p.id AND b.active
         GROUP BY seen.id, seen.is_customer, seen.is_vendor
        """,
        company=company_id,
        since=since,
    )


def habits(company_id, since):
    """partner_id, receipts, payments, payer_names[]: what people's reconciled lines tell of a partner."""
    return SQL(
        """
        SELECT st.partner_id, count(*) FILTER (WHERE st.amount > 0) AS receipts,
               count(*) FILTER (WHERE st.amount < 0) AS payments,
               array_agg(DISTINCT st.partner_name) FILTER (WHERE st.partner_name <> '') AS payer_names,
               array_agg(DISTINCT st.account_number) FILTER (WHERE st.account_number <> '') AS payer_accounts
          FROM account_bank_statement_line st JOIN account_move m ON m.id = st.move_id
         WHERE st.company_id = %s AND st.is_reconciled AND st.partner_id IS NOT NULL AND m.date >= %s
         GROUP BY st.partner_id
        """,
        company_id,
        since,
    )


def delays(company_id, partner_ids, since):
    """partner_id, usual_delay: median days from due date to payment."""
    return SQL(
        """
        SELECT aml.partner_id, percentile_disc(0.5) WITHIN GROUP (ORDER BY apr.max_date - aml.date_maturity)
          FROM account_move_line aml
          JOIN account_partial_reconcile apr ON aml.id IN (apr.debit_move_id, apr.credit_move_id)
         WHERE aml.company_id = %s AND aml.partner_id = ANY(%s) AND aml.date_maturity IS NOT NULL
           AND aml.display_type = 'payment_term' AND aml.reconciled AND aml.date >= %s
         GROUP BY aml.partner_id HAVING count(*) >= 3
        """,
        company_id,
        list(partner_ids),
        since,
    )


def open_items(company_id, transfer_account, partners, keys, amounts, journals, first, more=()):
    """The open items that a line may settle: of the guessed partners, named in a text, or of the same amount; and
    ``more``, by their ids.

    Payments are those registered in the lines' journals or by partner, key or amount; transfers are all. What a
    cut-over made outstanding is a payment of its journal.
    """
    return SQL(
        """
        WITH open AS MATERIALIZED (
            SELECT aml.id, aml.move_id, aml.account_id, aml.partner_id, aml.amount_residual_currency AS residual,
                   aml.discount_amount_currency AS discounted, aml.date, a.account_type
              FROM account_move_line aml
              JOIN account_account a ON a.id = aml.account_id
             WHERE aml.reconciled IS NOT TRUE AND aml.company_id = %(company)s AND aml.parent_state = 'posted'
               AND a.reconcile AND a.account_type NOT IN ('asset_cash', 'liability_credit_card')
        ),
        entries AS (SELECT DISTINCT move_id AS id FROM open),
        %(quoted)s
        SELECT aml.id, aml.account_id, open.account_type, m.move_type, m.id AS document, aml.partner_id, aml.date,
               aml.date_maturity, aml.amount_residual_currency, c.name AS currency, aml.amount_residual,
               aml.amount_currency, m.name AS move_name, m.ref, m.payment_reference, m.invoice_origin,
               p.id AS payment_id, COALESCE(p.memo, cut.text) AS memo, p.payment_reference AS batch,
               COALESCE(p.journal_id, cut.journal_id) AS payment_journal,
               m.journal_id, m.payment_state, cut.id AS cut_over_id, meant.id AS meant_for,
               aml.discount_date, aml.discount_amount_currency, st.payment_ref AS st_text,
               m.amount_untaxed * aml.amount_currency / NULLIF(m.amount_total, 0) AS untaxed,
               COALESCE(t.early_discount, FALSE) AND m.move_type IN ('out_invoice', 'out_receipt', 'in_invoice',
                   'in_receipt') AND aml.amount_residual_currency = aml.amount_currency AS has_discount
          FROM open
          JOIN account_move_line aml ON aml.id = open.id
          JOIN account_move m ON m.id = aml.move_id
          JOIN res_currency c ON c.id = aml.currency_id
          LEFT JOIN account_payment p ON p.id = m.origin_payment_id
          LEFT JOIN account_payment_term t ON t.id = m.invoice_payment_term_id
          LEFT JOIN account_bank_statement_line st ON st.id = m.statement_line_id
          LEFT JOIN ai_cut_over_item cut ON cut.outstanding_item_id = aml.id
          LEFT JOIN account_bank_statement_line meant
                 ON meant.journal_id = cut.journal_id AND meant.ai_fingerprint = cut.bank_key
         WHERE open.account_id = %(transfer)s OR open.id = ANY(%(more)s)
            OR (p.id IS NULL AND cut.id IS NULL) = (open.account_type IN ('asset_receivable', 'liability_payable'))
           AND (
               open.partner_id IN (SELECT unnest(%(partners)s::int[]))
               OR open.residual IN (SELECT unnest(%(amounts)s::numeric[]))
               OR open.discounted IN (SELECT unnest(%(amounts)s::numeric[]))
               OR m.id IN (SELECT id FROM quoted)
               OR (p.id IS NOT NULL AND p.journal_id = ANY(%(journals)s) AND open.date >= %(first)s)
               OR cut.journal_id = ANY(%(journals)s)
           )
         ORDER BY aml.id
        """,
        company=company_id,
        transfer=transfer_account or None,
        partners=list(partners),
        quoted=_quoted(keys),
        amounts=list(amounts),
        journals=list(journals),
        first=first,
        more=list(more),
    )


def settled_items(company_id, partners, keys, amounts, since):
    """Documents' items that a bank line or registered payment paid, one row a partial."""
    return SQL(
        """
        WITH partial AS MATERIALIZED (
            SELECT id, debit_move_id AS item_id, credit_move_id AS payer_id, max_date,
                   debit_amount_currency AS amount FROM account_partial_reconcile
             WHERE company_id = %(company)s AND max_date >= %(since)s
            UNION ALL
            SELECT id, credit_move_id, debit_move_id, max_date, -credit_amount_currency
              FROM account_partial_reconcile WHERE company_id = %(company)s AND max_date >= %(since)s
        ),
        entries AS (
            SELECT DISTINCT aml.move_id AS id FROM partial JOIN account_move_line aml ON aml.id = partial.item_id
             WHERE aml.display_type = 'payment_term'
        ),
        %(quoted)s
        SELECT aml.id, aml.account_id, a.account_type, m.move_type, m.id AS document, aml.partner_id, aml.date,
               aml.amount_currency, c.name AS currency, partial.max_date, partial.amount, payer.id AS payer_id,
               m.name AS move_name, m.ref, m.payment_reference, m.invoice_origin,
               st.id AS bank_line, st.payment_ref, st.transaction_details, pay.memo
          FROM partial
          JOIN account_move_line aml ON aml.id = partial.item_id
          JOIN account_move m ON m.id = aml.move_id
          JOIN account_account a ON a.id = aml.account_id
          JOIN res_currency c ON c.id = aml.currency_id
          JOIN account_move_line payer ON payer.id = partial.payer_id
          JOIN account_move pm ON pm.id = payer.move_id
          LEFT JOIN account_bank_statement_line st ON st.id = pm.statement_line_id
          LEFT JOIN account_payment pay ON pay.id = pm.origin_payment_id
         WHERE aml.display_type = 'payment_term' AND a.account_type IN ('asset_receivable', 'liability_payable')
           AND (st.id IS NOT NULL OR pay.id IS NOT NULL)
           AND (aml.partner_id IN (SELECT unnest(%(partners)s::int[]))
                OR abs(partial.amount) IN (SELECT abs(unnest(%(amounts)s::numeric[])))
                OR m.id IN (SELECT id FROM quoted))
         ORDER BY aml.id, partial.id
        """,
        company=company_id,
        partners=list(partners),
        quoted=_quoted(keys),
        amounts=list(amounts),
        since=since,
    )


def holding(item_ids):
    """item_id, suggestion_id: which suggestions, open or not, name one of the items."""
    return SQL(
        "SELECT move_line_id, suggestion_id FROM ai_suggestion_item WHERE move_line_id = ANY(%s)",
        list(item_ids),
    )


def open_holders(suggestion_ids):
    """suggestion_id, line_id: those that are open and promise their items to a bank line that still needs it.

    Apart from ``holding``: in one statement, a planner whose statistics are older than the last import walks through
    all suggestions once per item.
    """
    return SQL(
        """
        SELECT s.id, s.res_id
          FROM ai_suggestion s JOIN account_bank_statement_line st ON st.id = s.res_id
         WHERE s.id = ANY(%s) AND s.state IN ('pending', 'accepted') AND s.is_question IS NOT TRUE
           AND s.res_model = 'account.bank.statement.line' AND st.is_reconciled IS NOT TRUE
        """,
        list(suggestion_ids),
    )


def rates(root_id, currency_names, dates):
    """currency, day, rate, rate_date: the newest rate of each currency on or before each day."""
    return SQL(
        """
        SELECT c.name, day, r.rate, r.name
          FROM res_currency c
          CROSS JOIN unnest(%s::date[]) AS day
          JOIN LATERAL (
              SELECT rate, name FROM res_currency_rate
               WHERE currency_id = c.id AND name <= day AND (company_id = %s OR company_id IS NULL)
               ORDER BY company_id NULLS LAST, name DESC LIMIT 1
          ) r ON TRUE
         WHERE c.name = ANY(%s)
        """,
        list(dates),
        root_id,
        list(currency_names),
    )
