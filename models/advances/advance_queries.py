"""Money on account and the tax declared on it, in sets."""

from odoo.tools import SQL

#: Items of money that stand on a partner's account: received by a bank line or a payment, or paid that way.
ON_ACCOUNT = """
    aml.parent_state = 'posted' AND m.move_type = 'entry'
    AND (m.statement_line_id IS NOT NULL OR m.origin_payment_id IS NOT NULL)
"""


def of_partners(company_ids, partner_ids):
    """id, commercial partner, sign: open money on account of these commercial partners."""
    return SQL(
        f"""
        SELECT aml.id, p.commercial_partner_id, CASE WHEN a.account_type = 'asset_receivable' THEN 1 ELSE -1 END
          FROM account_move_line aml
          JOIN res_partner p ON p.id = aml.partner_id
          JOIN account_account a ON a.id = aml.account_id
          JOIN account_move m ON m.id = aml.move_id
         WHERE aml.reconciled IS NOT TRUE AND {ON_ACCOUNT}
           AND p.commercial_partner_id = ANY(%s) AND aml.company_id = ANY(%s)
           AND ((a.account_type = 'asset_receivable' AND aml.amount_residual < 0)
             OR (a.account_type = 'liability_payable' AND aml.amount_residual > 0))
        """,
        list(partner_ids),
        list(company_ids),
    )


def declared(item_ids):
    """item id, gross, tax: what the books declare of each receipt now, positive for money received."""
    return SQL(
        """
        SELECT ai_advance_item, -SUM(balance), -COALESCE(SUM(balance) FILTER (WHERE tax_line_id IS NOT NULL), 0)
          FROM account_move_line
         WHERE ai_advance_item = ANY(%s) AND ai_advance_item > 0 AND parent_state = 'posted'
         GROUP BY ai_advance_item
        """,
        list(item_ids),
    )


def astray(company_id, since):
    """item id, entry id or NULL: money whose declared tax is not that of what stands on account, or may not be."""
    return SQL(
        f"""
        SELECT item.id, item.move_id FROM (
            SELECT aml.id, aml.move_id
              FROM account_move_line aml
              JOIN account_account a ON a.id = aml.account_id
              JOIN account_move m ON m.id = aml.move_id
             WHERE aml.company_id = %(company)s AND aml.reconciled IS NOT TRUE AND {ON_ACCOUNT}
               AND a.account_type = 'asset_receivable' AND aml.amount_residual < 0 AND aml.date >= %(since)s
               AND NOT EXISTS (SELECT FROM ai_suggestion s WHERE s.kind = 'advance' AND s.res_model = 'account.move'
                                  AND s.res_id = aml.move_id AND s.state = 'rejected')
        ) item
          LEFT JOIN LATERAL (
              SELECT -SUM(balance) AS gross FROM account_move_line t
               WHERE t.ai_advance_item = item.id AND t.ai_advance_item > 0 AND t.parent_state = 'posted') d ON TRUE
          JOIN account_move_line own ON own.id = item.id
         WHERE COALESCE(d.gross, 0) <> -own.amount_residual
        UNION
        SELECT t.ai_advance_item, own.move_id
          FROM account_move_line t
          LEFT JOIN account_move_line own ON own.id = t.ai_advance_item
          LEFT JOIN account_account a ON a.id = own.account_id
         WHERE t.company_id = %(company)s AND t.ai_advance_item > 0 AND t.parent_state = 'posted'
         GROUP BY t.ai_advance_item, own.move_id, own.amount_residual, a.account_type
        HAVING -SUM(t.balance) <> CASE WHEN a.account_type = 'asset_receivable' THEN -own.amount_residual ELSE 0 END
        """,
        company=company_id,
        since=since,
    )


def usual_taxes(company_id, partner_id, day):
    """Sets of tax ids of the rows of a customer's last invoices, each once."""
    return SQL(
        """
        SELECT DISTINCT taxes FROM (
            SELECT aml.id, array_agg(rel.account_tax_id ORDER BY rel.account_tax_id) AS taxes
              FROM account_move m
              JOIN res_partner p ON p.id = m.partner_id
              JOIN account_move_line aml ON aml.move_id = m.id AND aml.display_type = 'product'
              JOIN account_move_line_account_tax_rel rel ON rel.account_move_line_id = aml.id
             WHERE m.company_id = %s AND p.commercial_partner_id = %s AND m.state = 'posted'
               AND m.move_type = 'out_invoice' AND m.date > %s::date - 730
             GROUP BY aml.id ORDER BY aml.id DESC LIMIT 50) lines
        """,
        company_id,
        partner_id,
        day,
    )
