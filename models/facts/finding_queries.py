"""The SQL of what bills are checked against: set-based, one query a subject, whatever the number of bills."""

from odoo.tools import SQL

PURCHASES = ("in_invoice", "in_refund", "in_receipt")


def bills(company_id, vendors, amounts, since):
    """Entries that may be twins, or tell what a vendor's bills usually are: of these vendors since a day, or of one of
    these amounts. Columns as ``engine.anomaly.duplicates.Bill`` names them, and ``state``."""
    return SQL(
        """
        SELECT m.id AS key, m.commercial_partner_id AS vendor, m.ref AS number, m.invoice_date AS date,
               m.amount_total AS amount, c.name AS currency, m.move_type, m.state, o.ref AS corrects,
               EXISTS (SELECT 1 FROM account_move r
                        WHERE r.reversed_entry_id = m.id AND r.state = 'posted' AND r.amount_total = m.amount_total)
               AS is_credited
          FROM account_move m JOIN res_currency c ON c.id = m.currency_id
          LEFT JOIN account_move o ON o.id = m.reversed_entry_id
         WHERE m.company_id = %s AND m.move_type = ANY(%s) AND m.state IN ('draft', 'posted')
           AND (m.state = 'posted' OR m.amount_total <> 0 OR m.ref <> '')
           AND (m.commercial_partner_id = ANY(%s) AND COALESCE(m.invoice_date, m.date) >= %s
                OR m.amount_total = ANY(%s::numeric[]))
         ORDER BY m.id
        """,
        company_id,
        list(PURCHASES),
        list(vendors),
        since,
        [str(amount) for amount in amounts],
    )


def waiting(company_id, vendors, amounts):
    """move, proposal: of other bills that are proposed and not decided."""
    return SQL(
        """
        SELECT res_id, proposal
          FROM ai_suggestion
         WHERE company_id = %s AND res_model = 'account.move' AND kind = 'bill_document'
           AND state IN ('pending', 'accepted', 'failed') AND jsonb_typeof(proposal->'total') = 'string'
           AND (proposal->>'partner_id' = ANY(%s) OR proposal->>'total' = ANY(%s))
        """,
        company_id,
        [str(vendor) for vendor in vendors],
        [str(amount) for amount in amounts],
    )


def same_files(company_id, moves):
    """move, sha256, pages: of the files of these entries, and of other entries with one of them; what somebody
    rejected or filed as no bill may come again."""
    return SQL(
        """
        SELECT DISTINCT d.move_id, d.sha256, d.page_numbers::text
          FROM ai_document own
          JOIN ai_document d ON d.sha256 = own.sha256 AND d.company_id = own.company_id
          JOIN account_move m ON m.id = d.move_id
         WHERE own.company_id = %s AND own.move_id = ANY(%s) AND own.sha256 <> '' AND m.state <> 'cancel'
           AND (d.move_id = ANY(%s)
                OR d.state <> 'not_bill'
                   AND NOT (m.state = 'draft' AND EXISTS (
                       SELECT 1 FROM ai_suggestion s
                        WHERE s.res_model = 'account.move' AND s.res_id = m.id AND s.state = 'rejected')))
        """,
        company_id,
        list(moves),
        list(moves),
    )


def identities(partners):
    """key, name, vat, account: of commercial partners, by which two records are known as one vendor."""
    return SQL(
        """
        SELECT p.id AS key, p.name, p.vat, b.sanitized_acc_number AS account
          FROM res_partner p LEFT JOIN res_partner_bank b ON b.partner_id = p.id AND b.active
         WHERE p.id = ANY(%s)
        """,
        list(partners),
    )


def trusted_accounts(company_id, vendors):
    """vendor, account: that were there before the vendor's last posted bill, that somebody trusts, or that stood on a
    bill which a person accepted. What was added since is as new as what the document prints; what a manager has not
    confirmed yet stays unknown however many bills carry it, and what one confirmed is known."""
    return SQL(
        """
        WITH told AS (
            SELECT m.commercial_partner_id AS vendor, substr(f.key, 6) AS account, bool_or(f.state = 'open') AS is_open
              FROM ai_finding f JOIN account_move m ON m.id = f.res_id
             WHERE f.res_model = 'account.move' AND f.code IN ('bank_changed', 'iban_of_other')
               AND f.state IN ('open', 'dismissed') AND m.commercial_partner_id = ANY(%(vendors)s)
               AND f.company_id = %(company)s
             GROUP BY 1, 2
        ),
        known AS (
            SELECT p.commercial_partner_id AS vendor, b.sanitized_acc_number AS account, b.allow_out_payment AS is_sure
              FROM res_partner_bank b JOIN res_partner p ON p.id = b.partner_id
             WHERE p.commercial_partner_id = ANY(%(vendors)s) AND b.active AND b.sanitized_acc_number <> ''
               AND (b.allow_out_payment OR b.create_date < (
                    SELECT max(m.create_date) FROM account_move m
                     WHERE m.company_id = %(company)s AND m.commercial_partner_id = p.commercial_partner_id
                       AND m.state = 'posted' AND m.move_type = ANY(%(types)s)))
             UNION
            SELECT m.commercial_partner_id, s.proposal->>'iban', FALSE
              FROM ai_suggestion s JOIN account_move m ON m.id = s.res_id
             WHERE s.company_id = %(company)s AND s.res_model = 'account.move' AND s.kind = 'bill_document'
               AND s.state = 'applied' AND s.decision = 'person' AND s.proposal->>'iban' <> ''
               AND m.commercial_partner_id = ANY(%(vendors)s) AND m.state = 'posted'
        )
        SELECT vendor, account FROM known
         WHERE is_sure OR NOT EXISTS (
               SELECT 1 FROM told WHERE told.vendor = known.vendor AND told.account = known.account AND told.is_open)
         UNION
        SELECT vendor, account FROM told WHERE NOT is_open
        """,
        vendors=list(vendors),
        company=company_id,
        types=list(PURCHASES),
    )


def account_owners(company_ids, accounts):
    """account, commercial partner"""
    return SQL(
        """
        SELECT DISTINCT b.sanitized_acc_number, p.commercial_partner_id
          FROM res_partner_bank b JOIN res_partner p ON p.id = b.partner_id
         WHERE b.sanitized_acc_number = ANY(%s) AND b.active AND p.active
           AND (p.company_id IS NULL OR p.company_id = ANY(%s))
         ORDER BY 1, 2
        """,
        list(accounts),
        list(company_ids),
    )


def asset_vendors(company_id, vendors):
    """(vendor,) of whom something was booked to fixed assets."""
    return SQL(
        """
        SELECT DISTINCT m.commercial_partner_id
          FROM account_move m
          JOIN account_move_line l ON l.move_id = m.id
          JOIN account_account a ON a.id = l.account_id
         WHERE m.company_id = %s AND m.commercial_partner_id = ANY(%s) AND m.state = 'posted'
           AND m.move_type = ANY(%s) AND a.account_type = 'asset_fixed'
        """,
        company_id,
        list(vendors),
        list(PURCHASES),
    )


def coded_lines(company_id, amounts, first, last):
    """Bank and card lines that were booked straight to costs: id, date, amount, currency, partner, text."""
    return SQL(
        """
        SELECT st.id, m.date, CASE WHEN st.foreign_currency_id IS NOT NULL AND -st.amount_currency = ANY(%(amounts)s)
                                   THEN -st.amount_currency ELSE -st.amount END AS amount,
               CASE WHEN st.foreign_currency_id IS NOT NULL AND -st.amount_currency = ANY(%(amounts)s)
                    THEN f.name ELSE c.name END AS currency,
               p.commercial_partner_id AS partner, concat_ws(' ', st.partner_name, st.payment_ref) AS text
          FROM account_bank_statement_line st
          JOIN account_move m ON m.id = st.move_id
          JOIN account_journal j ON j.id = st.journal_id
          JOIN res_company co ON co.id = st.company_id
          JOIN res_currency c ON c.id = COALESCE(j.currency_id, co.currency_id)
          LEFT JOIN res_currency f ON f.id = st.foreign_currency_id
          LEFT JOIN res_partner p ON p.id = st.partner_id
         WHERE st.company_id = %(company)s AND m.state = 'posted' AND m.date BETWEEN %(first)s AND %(last)s
           AND (-st.amount = ANY(%(amounts)s) OR -st.amount_currency = ANY(%(amounts)s))
           AND EXISTS (SELECT 1 FROM account_move_line l JOIN account_account a ON a.id = l.account_id
                        WHERE l.move_id = m.id
                          AND a.account_type IN ('expense', 'expense_direct_cost', 'expense_depreciation',
                                                 'asset_fixed', 'asset_prepayments'))
         ORDER BY st.id
        """,
        company=company_id,
        amounts=SQL("%s::numeric[]", [str(amount) for amount in amounts]),
        first=first,
        last=last,
    )


def kept_fees(company_id, account_id, amounts, first, last):
    """Fees that were kept from payments, by journal and month: id of the last bank line, last date, sum."""
    return SQL(
        """
        SELECT max(st.id), max(m.date), sum(l.balance) AS amount
          FROM account_bank_statement_line st
          JOIN account_move m ON m.id = st.move_id
          JOIN account_move_line l ON l.move_id = m.id
         WHERE st.company_id = %s AND l.account_id = %s AND m.state = 'posted' AND m.date BETWEEN %s AND %s
         GROUP BY st.journal_id, date_trunc('month', m.date)
        HAVING sum(l.balance) = ANY(%s::numeric[])
        """,
        company_id,
        account_id,
        first,
        last,
        [str(amount) for amount in amounts],
    )
