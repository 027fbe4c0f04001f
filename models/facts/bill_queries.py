"""The SQL of the bill facts: set-based, one query a subject, whatever the number of bills."""

from odoo.tools import SQL


def frequent(company_id, partner_ids):
    """partner (commercial), account, count: lines of posted vendor bills, the newest 200 of each vendor."""
    return SQL(
        """
        SELECT partner, account_id, count(*) FROM (
            SELECT p.commercial_partner_id AS partner, l.account_id,
                   row_number() OVER (PARTITION BY p.commercial_partner_id ORDER BY l.date DESC, l.id DESC) AS place
              FROM account_move_line l
              JOIN account_move m ON m.id = l.move_id
              JOIN res_partner p ON p.id = m.partner_id
              JOIN account_account a ON a.id = l.account_id
             WHERE p.commercial_partner_id = ANY(%s) AND m.company_id = %s AND m.state = 'posted'
               AND m.move_type IN ('in_invoice', 'in_refund', 'in_receipt') AND l.display_type = 'product'
               AND a.active) newest
         WHERE place <= 200
         GROUP BY partner, account_id ORDER BY partner, count(*) DESC, account_id
        """,
        list(partner_ids),
        company_id,
    )


def rejected(move_ids):
    """res_id, fingerprint, evidence->refused of what people rejected for these drafts."""
    return SQL(
        """SELECT res_id, fingerprint, evidence->'refused' FROM ai_suggestion
            WHERE res_model = 'account.move' AND res_id = ANY(%s) AND kind = 'bill_document' AND state = 'rejected'
              AND reject_reason IS DISTINCT FROM 'later'""",
        list(move_ids),
    )


def rates(company_root_id, pairs):
    """(currency, day) of those with a rate on that day or before.

    :param pairs: [(currency id, date)]
    """
    return SQL(
        """SELECT v.currency, v.day FROM unnest(%s::int[], %s::date[]) AS v(currency, day)
            WHERE EXISTS (SELECT 1 FROM res_currency_rate r WHERE r.currency_id = v.currency AND r.name <= v.day
                             AND (r.company_id IS NULL OR r.company_id = %s))""",
        [currency for currency, _day in pairs],
        [day for _currency, day in pairs],
        company_root_id,
    )
