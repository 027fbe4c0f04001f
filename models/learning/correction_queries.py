"""The SQL of corrections at the end of a period: entries that move what a bank line was coded to elsewhere."""

from odoo.tools import SQL

#: Days after the payment in which it is still corrected by an entry.
DAYS = 100


def corrections(company_id, since):
    """line_id, from_account, to_account, user_id, move_id: the payment that each correction entry is about.

    An entry in a general journal takes the same amount off the account and puts it on another; it names the same
    partner, the bank entry's number or its text. Where several payments fit, it is the last before the entry.
    """
    return SQL(
        """
        WITH found AS (
            SELECT DISTINCT ON (cor.id) cor.id, bm.statement_line_id AS line_id, base.id AS base_id,
                   base.account_id AS from_account, other.account_id AS to_account, cm.create_uid AS user_id,
                   cm.id AS move_id
              FROM account_move cm
              JOIN account_journal j ON j.id = cm.journal_id AND j.type = 'general'
              JOIN account_move_line cor ON cor.move_id = cm.id
              JOIN account_move_line other ON other.move_id = cm.id AND other.balance = -cor.balance
                                          AND other.account_id <> cor.account_id
              JOIN account_account oa ON oa.id = other.account_id
              JOIN account_move_line base ON base.account_id = cor.account_id AND base.company_id = cor.company_id
                                         AND base.balance = -cor.balance AND base.parent_state = 'posted'
                                         AND base.date BETWEEN cor.date - %(days)s AND cor.date
              JOIN account_move bm ON bm.id = base.move_id AND bm.statement_line_id IS NOT NULL
             WHERE cm.company_id = %(company)s AND cm.state = 'posted' AND cm.move_type = 'entry'
               AND cm.statement_line_id IS NULL AND cm.origin_payment_id IS NULL AND cm.reversed_entry_id IS NULL
               AND cm.date >= %(since)s AND cor.balance <> 0 AND base.tax_line_id IS NULL
               AND oa.account_type NOT IN ('asset_cash', 'liability_credit_card', 'asset_receivable',
                                           'liability_payable')
               AND NOT EXISTS (SELECT 1 FROM account_journal s WHERE s.suspense_account_id IN (oa.id, cor.account_id))
               AND (base.partner_id = cor.partner_id OR base.name = cor.name
                    OR position(bm.name IN concat_ws(' ', cm.ref, cor.name)) > 0)
             ORDER BY cor.id, position(bm.name IN concat_ws(' ', cm.ref, cor.name)) > 0 DESC, base.date DESC,
                      base.id DESC
        )
        SELECT line_id, from_account, to_account, user_id, move_id FROM found
         WHERE base_id IN (SELECT base_id FROM found GROUP BY base_id HAVING count(*) = 1)
         ORDER BY line_id
        """,
        company=company_id,
        since=since,
        days=DAYS,
    )
