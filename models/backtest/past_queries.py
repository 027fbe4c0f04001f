"""The SQL of the past: what is in the books today, with the day and the moment of each fact. One query a subject.

``day`` is from which day on a fact holds, ``created`` when it was written down (UTC); see ``engine.backtest.clock``.
"""

from odoo.tools import SQL

from ...engine.backtest import LATE

#: When people's decision on the bank line ``st`` (entry ``m``, journal ``j``) was written down: by the addon, or at
#: the latest when its items were last touched.
_DECISION = """
    LEFT JOIN LATERAL (
        SELECT s.decided_at, (s.evidence ->> 'partner_before') AS partner_before, s.proposal -> 'counterparts' AS told
          FROM ai_suggestion s
         WHERE s.res_model = 'account.bank.statement.line' AND s.res_id = st.id AND s.state = 'applied'
         ORDER BY s.id DESC LIMIT 1
    ) said ON TRUE
    LEFT JOIN LATERAL (
        SELECT max(x.write_date) AS touched FROM account_move_line x
         WHERE x.move_id = m.id AND x.account_id IS DISTINCT FROM j.default_account_id
    ) hand ON TRUE
"""
#: When the document ``m`` was there: made, or first changed its state, whichever is noted as later.
_WRITTEN = """
    COALESCE((
        SELECT GREATEST(m.create_date, min(msg.create_date)) FROM mail_message msg
          JOIN mail_tracking_value tv ON tv.mail_message_id = msg.id JOIN ir_model_fields f ON f.id = tv.field_id
         WHERE msg.model = 'account.move' AND msg.res_id = m.id AND f.name = 'state' AND f.model = 'account.move'
    ), m.create_date)
"""
_DECIDED = "COALESCE(said.decided_at, hand.touched, m.create_date)"


def plan(company_id, first, last, journal_ids):
    """id, date, created of the decided lines of a stretch; without journals all. What the machine booked by itself is
    left out: to agree with it would prove nothing."""
    return SQL(
        """
        SELECT st.id, m.date, m.create_date
          FROM account_bank_statement_line st JOIN account_move m ON m.id = st.move_id
         WHERE st.company_id = %(company)s AND m.state = 'posted' AND st.is_reconciled AND st.amount <> 0
           AND m.date BETWEEN %(first)s AND %(last)s AND (%(all)s OR st.journal_id = ANY(%(journals)s))
           AND st.id NOT IN %(alone)s
         ORDER BY m.date, st.id
        """,
        company=company_id,
        first=first,
        last=last,
        all=not journal_ids,
        journals=list(journal_ids),
        alone=_alone(company_id),
    )


def _alone(company_id):
    """Lines that a policy booked and no person signed off."""
    return SQL(
        """(SELECT s.res_id FROM ai_suggestion s
             WHERE s.company_id = %s AND s.state = 'applied' AND s.decision = 'policy'
               AND s.signed_off_by_id IS NULL AND s.res_model = 'account.bank.statement.line')""",
        company_id,
    )


def lines(where):
    """As ``models.facts.bank_queries.lines``, but for decided lines, with ``created``, ``decided``, ``told`` (the items
    that people accepted to settle), ``bank_balance`` (the line in the company's currency) and ``attached``: when its
    first document came."""
    return SQL(
        """
        SELECT st.id, st.company_id, st.journal_id, m.date, c.name AS currency, st.payment_ref, st.partner_name,
               st.account_number, st.transaction_details, st.transaction_type, st.amount, st.move_id,
               CASE WHEN st.foreign_currency_id <> c.id THEN st.amount_currency END AS foreign_amount,
               CASE WHEN st.foreign_currency_id <> c.id THEN fc.name END AS foreign_currency,
               m.create_date AS created, %(decided)s AS decided, said.partner_before, said.told,
               (SELECT sum(bank.balance) FROM account_move_line bank
                 WHERE bank.move_id = m.id AND bank.account_id = j.default_account_id) AS bank_balance,
               (SELECT min(a.create_date) FROM ir_attachment a
                 WHERE a.res_model = 'account.move' AND a.res_id = m.id AND a.res_field IS NULL) AS attached
          FROM account_bank_statement_line st
          JOIN account_move m ON m.id = st.move_id
          JOIN account_journal j ON j.id = st.journal_id
          JOIN res_company co ON co.id = st.company_id
          JOIN res_currency c ON c.id = COALESCE(j.currency_id, co.currency_id)
          LEFT JOIN res_currency fc ON fc.id = st.foreign_currency_id
          %(decision)s
         WHERE m.state = 'posted' AND st.is_reconciled AND %(where)s
         ORDER BY m.date, st.id
        """,
        decided=SQL(_DECIDED),
        decision=SQL(_DECISION),
        where=where,
    )


def of_ids(line_ids):
    """Condition of ``lines``: these."""
    return SQL("st.id = ANY(%s)", list(line_ids))


def between(company_id, first, last):
    """Condition of ``lines``: all of a stretch."""
    return SQL("st.company_id = %s AND m.date BETWEEN %s AND %s", company_id, first, last)


def left_out(company_id, first, last, journal_ids):
    """How many lines of the stretch nobody decided yet, and how many the machine booked by itself."""
    return SQL(
        """
        SELECT count(*) FILTER (WHERE st.is_reconciled IS NOT TRUE),
               count(*) FILTER (WHERE st.is_reconciled AND st.id IN %s)
          FROM account_bank_statement_line st JOIN account_move m ON m.id = st.move_id
         WHERE st.company_id = %s AND m.state = 'posted' AND m.date BETWEEN %s AND %s
           AND (%s OR st.journal_id = ANY(%s))
        """,
        _alone(company_id),
        company_id,
        first,
        last,
        not journal_ids,
        list(journal_ids),
    )


def waiting(company_id, first, last):
    """As ``lines``: those that nobody decided yet may be the other side of a transfer."""
    return SQL(
        """
        SELECT st.id, st.company_id, st.journal_id, m.date, c.name AS currency, st.payment_ref, st.partner_name,
               st.account_number, st.transaction_details, st.transaction_type, st.amount, m.create_date AS created,
               NULL AS foreign_amount, NULL AS foreign_currency
          FROM account_bank_statement_line st
          JOIN account_move m ON m.id = st.move_id
          JOIN account_journal j ON j.id = st.journal_id
          JOIN res_company co ON co.id = st.company_id
          JOIN res_currency c ON c.id = COALESCE(j.currency_id, co.currency_id)
         WHERE st.company_id = %s AND m.state = 'posted' AND st.is_reconciled IS NOT TRUE
           AND m.date BETWEEN %s AND %s
         ORDER BY st.id
        """,
        company_id,
        first,
        last,
    )


def booked(move_ids):
    """The items opposite the bank: id, move_id, account_id, account_type, balance, amount_currency, currency, label,
    tax_line_id, taxes[], analytic_distribution, partner_id, and ``bank_balance`` of the bank's side."""
    return SQL(
        """
        SELECT aml.id, aml.move_id, aml.account_id, a.account_type, aml.balance, aml.amount_currency,
               c.name AS currency, aml.name AS label, aml.tax_line_id, aml.analytic_distribution, aml.partner_id,
               ARRAY(SELECT account_tax_id FROM account_move_line_account_tax_rel rel
                      WHERE rel.account_move_line_id = aml.id ORDER BY 1) AS taxes,
               (SELECT sum(bank.balance) FROM account_move_line bank
                 WHERE bank.move_id = aml.move_id AND bank.account_id = j.default_account_id) AS bank_balance
          FROM account_move_line aml
          JOIN account_move m ON m.id = aml.move_id
          JOIN account_journal j ON j.id = m.journal_id
          JOIN account_account a ON a.id = aml.account_id
          JOIN res_currency c ON c.id = aml.currency_id
         WHERE aml.move_id = ANY(%s) AND aml.account_id IS DISTINCT FROM j.default_account_id
           AND aml.account_id IS DISTINCT FROM j.suspense_account_id
           AND COALESCE(aml.display_type, 'product') NOT IN ('line_section', 'line_note')
         ORDER BY aml.id
        """,
        list(move_ids),
    )


def matched(item_ids):
    """item_id, other_id, amount (in the item's currency, without sign): what settled the items; exchange differences,
    which follow by themselves, are left out."""
    return SQL(
        """
        WITH parts AS (
            SELECT p.debit_move_id AS item_id, p.credit_move_id AS other_id, p.debit_amount_currency AS amount
              FROM account_partial_reconcile p WHERE p.debit_move_id = ANY(%(ids)s)
            UNION ALL
            SELECT p.credit_move_id, p.debit_move_id, p.credit_amount_currency
              FROM account_partial_reconcile p WHERE p.credit_move_id = ANY(%(ids)s)
        )
        SELECT parts.item_id, parts.other_id, parts.amount
          FROM parts
          JOIN account_move_line other ON other.id = parts.other_id
          JOIN res_company co ON co.id = other.company_id
         WHERE other.journal_id IS DISTINCT FROM co.currency_exchange_journal_id AND parts.amount <> 0
        """,
        ids=list(item_ids),
    )


def items(company_id, transfer_account, exchange_journal, first, last):
    """As ``models.facts.bank_queries.open_items``: all that was open at some time between ``first`` and ``last``, as
    if nothing of it were settled, with ``day`` and ``created``; exchange entries left out."""
    return SQL(
        """
        WITH touched AS MATERIALIZED (
            SELECT debit_move_id, credit_move_id FROM account_partial_reconcile
             WHERE company_id = %(company)s AND (max_date >= %(first)s::date - 1 OR create_date >= %(first)s)
        ),
        sides AS (SELECT debit_move_id AS id FROM touched UNION SELECT credit_move_id FROM touched)
        SELECT aml.id, aml.account_id, a.account_type, m.move_type, m.id AS document, aml.partner_id, aml.date,
               aml.date_maturity, aml.amount_currency AS amount_residual_currency, c.name AS currency,
               aml.balance AS amount_residual, aml.amount_currency, m.name AS move_name, m.ref, m.payment_reference,
               m.invoice_origin, p.id AS payment_id, COALESCE(p.memo, cut.text) AS memo, p.payment_reference AS batch,
               COALESCE(p.journal_id, cut.journal_id) AS payment_journal, m.journal_id, m.payment_state,
               cut.id AS cut_over_id, meant.id AS meant_for, aml.discount_date, aml.discount_amount_currency,
               m.amount_untaxed * aml.amount_currency / NULLIF(m.amount_total, 0) AS untaxed,
               COALESCE(t.early_discount, FALSE)
                   AND m.move_type IN ('out_invoice', 'out_receipt', 'in_invoice', 'in_receipt') AS has_discount,
               CASE WHEN st.id IS NULL THEN aml.date ELSE aml.date + 1 END AS day,
               CASE WHEN st.id IS NULL THEN %(written)s ELSE %(decided)s END AS created
          FROM account_move_line aml
          JOIN account_account a ON a.id = aml.account_id
          JOIN account_move m ON m.id = aml.move_id
          JOIN account_journal j ON j.id = m.journal_id
          JOIN res_currency c ON c.id = aml.currency_id
          LEFT JOIN account_payment p ON p.id = m.origin_payment_id
          LEFT JOIN ai_cut_over_item cut ON cut.outstanding_item_id = aml.id
          LEFT JOIN account_bank_statement_line meant
                 ON meant.journal_id = cut.journal_id AND meant.ai_fingerprint = cut.bank_key
          LEFT JOIN account_payment_term t ON t.id = m.invoice_payment_term_id
          LEFT JOIN account_bank_statement_line st ON st.id = m.statement_line_id
          %(decision)s
         WHERE aml.company_id = %(company)s AND aml.parent_state = 'posted' AND aml.date <= %(last)s
           AND a.reconcile AND a.account_type NOT IN ('asset_cash', 'liability_credit_card')
           AND m.journal_id IS DISTINCT FROM %(exchange)s
           AND (aml.account_id = %(transfer)s
                OR (p.id IS NULL AND cut.id IS NULL)
                   = (a.account_type IN ('asset_receivable', 'liability_payable')))
           AND (aml.reconciled IS NOT TRUE OR aml.id IN (SELECT id FROM sides))
         ORDER BY aml.id
        """,
        company=company_id,
        transfer=transfer_account or None,
        exchange=exchange_journal or None,
        first=first,
        last=last,
        written=SQL(_WRITTEN),
        decided=SQL(_DECIDED),
        decision=SQL(_DECISION),
    )


def settlements(item_ids, exchange_journal):
    """item_id, amount and company_amount taken off the residual (signed as the item), day, created.

    What a bank line settled is known the day after; an exchange difference with it.
    """
    return SQL(
        """
        WITH parts AS (
            SELECT p.debit_move_id AS item_id, p.credit_move_id AS other_id, p.debit_amount_currency AS amount,
                   p.amount AS company_amount, p.max_date, p.create_date
              FROM account_partial_reconcile p WHERE p.debit_move_id = ANY(%(ids)s)
            UNION ALL
            SELECT p.credit_move_id, p.debit_move_id, -p.credit_amount_currency, -p.amount, p.max_date, p.create_date
              FROM account_partial_reconcile p WHERE p.credit_move_id = ANY(%(ids)s)
        )
        SELECT parts.item_id, parts.amount, parts.company_amount, parts.create_date AS created,
               GREATEST(
                   parts.max_date,
                   CASE WHEN m.statement_line_id IS NOT NULL OR m.journal_id = %(exchange)s THEN m.date + 1 END,
                   CASE WHEN own.statement_line_id IS NOT NULL THEN own.date + 1 END
               ) AS day
          FROM parts
          JOIN account_move_line aml ON aml.id = parts.other_id JOIN account_move m ON m.id = aml.move_id
          JOIN account_move_line mine ON mine.id = parts.item_id JOIN account_move own ON own.id = mine.move_id
        """,
        ids=list(item_ids),
        exchange=exchange_journal or None,
    )


def settled(company_id, since, last):
    """As ``models.facts.bank_queries.settled_items`` for all partners, with ``day``, ``created`` and ``delay``."""
    return SQL(
        """
        WITH partial AS MATERIALIZED (
            SELECT id, debit_move_id AS item_id, credit_move_id AS payer_id, max_date, create_date,
                   debit_amount_currency AS amount FROM account_partial_reconcile
             WHERE company_id = %(company)s AND max_date BETWEEN %(since)s AND %(last)s
            UNION ALL
            SELECT id, credit_move_id, debit_move_id, max_date, create_date, -credit_amount_currency
              FROM account_partial_reconcile
             WHERE company_id = %(company)s AND max_date BETWEEN %(since)s AND %(last)s
        )
        SELECT aml.id, aml.account_id, a.account_type, m.move_type, m.id AS document, aml.partner_id, aml.date,
               aml.amount_currency, c.name AS currency, partial.max_date, partial.amount, payer.id AS payer_id,
               m.name AS move_name, m.ref, m.payment_reference, m.invoice_origin,
               st.id AS bank_line, st.payment_ref, st.transaction_details, pay.memo,
               CASE WHEN aml.reconciled THEN partial.max_date - aml.date_maturity END AS delay,
               CASE WHEN st.id IS NULL THEN partial.max_date ELSE GREATEST(partial.max_date, pm.date + 1) END AS day,
               partial.create_date AS created
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
         ORDER BY aml.id, partial.id
        """,
        company=company_id,
        since=since,
        last=last,
    )


def sides(company_id, since, last):
    """partner_id, is_customer, day, created: the first item of each partner and side that counts."""
    return SQL(
        """
        SELECT DISTINCT ON (aml.partner_id, a.account_type) aml.partner_id,
               a.account_type = 'asset_receivable' AS is_customer,
               CASE WHEN m.statement_line_id IS NULL THEN aml.date ELSE aml.date + 1 END AS day,
               m.create_date AS created
          FROM account_move_line aml
          JOIN account_account a ON a.id = aml.account_id
          JOIN account_move m ON m.id = aml.move_id
         WHERE aml.company_id = %s AND aml.parent_state = 'posted' AND aml.partner_id IS NOT NULL
           AND a.account_type IN ('asset_receivable', 'liability_payable')
           AND (aml.reconciled IS NOT TRUE OR aml.date >= %s) AND aml.date <= %s
         ORDER BY aml.partner_id, a.account_type, day, m.create_date
        """,
        company_id,
        since,
        last,
    )


def names(partner_ids):
    """partner_id, names[]: of the partners and their contacts."""
    return SQL(
        """
        SELECT seen.id, array_agg(DISTINCT p.name) FILTER (WHERE p.name <> '')
          FROM unnest(%s::int[]) AS seen(id)
          JOIN res_partner p ON p.id = seen.id OR (p.commercial_partner_id = seen.id AND p.type = 'contact')
         GROUP BY seen.id
        """,
        list(partner_ids),
    )


def accounts(partner_ids):
    """partner_id, number, created, with_partner: bank accounts, and whether each came together with its partner."""
    return SQL(
        """
        SELECT seen.id, b.sanitized_acc_number, b.create_date, b.create_date <= p.create_date + interval '1 minute'
          FROM unnest(%s::int[]) AS seen(id)
          JOIN res_partner p ON p.id = seen.id OR (p.commercial_partner_id = seen.id AND p.type = 'contact')
          JOIN res_partner_bank b ON b.partner_id = p.id AND b.active
         WHERE b.sanitized_acc_number <> ''
         ORDER BY b.id
        """,
        list(partner_ids),
    )


def decisions(company_id, since, last):
    """id, date, created, decided, partner_id, is_receipt, partner_name, account_number, payment_ref: what each decided
    line tells of its payer, and when that was known."""
    return SQL(
        """
        SELECT st.id, m.date, m.create_date AS created, %(decided)s AS decided, st.partner_id,
               st.amount > 0 AS is_receipt, st.partner_name, st.account_number, st.payment_ref
          FROM account_bank_statement_line st
          JOIN account_move m ON m.id = st.move_id
          JOIN account_journal j ON j.id = st.journal_id
          %(decision)s
         WHERE st.company_id = %(company)s AND st.is_reconciled AND m.state = 'posted'
           AND m.date BETWEEN %(since)s AND %(last)s
         ORDER BY m.date, st.id
        """,
        decided=SQL(_DECIDED),
        decision=SQL(_DECISION),
        company=company_id,
        since=since,
        last=last,
    )


def balances(company_id, account_ids):
    """account_id, day, balance: what came to these accounts, by the day on which it was known.

    A bank line's entry is known the day after; what was written down soon after its date, when it was written down.
    """
    return SQL(
        """
        SELECT account_id, day, sum(balance) FROM (
            SELECT aml.account_id, aml.balance,
                   CASE WHEN m.statement_line_id IS NOT NULL THEN aml.date + 1
                        WHEN m.create_date::date - aml.date BETWEEN 0 AND %(late)s THEN m.create_date::date
                        ELSE aml.date END AS day
              FROM account_move_line aml JOIN account_move m ON m.id = aml.move_id
             WHERE aml.company_id = %(company)s AND aml.parent_state = 'posted' AND aml.account_id = ANY(%(accounts)s)
        ) known
         GROUP BY account_id, day ORDER BY account_id, day
        """,
        company=company_id,
        accounts=list(account_ids),
        late=LATE.days,
    )
