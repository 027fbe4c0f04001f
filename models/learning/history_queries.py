"""The SQL of learning from history: one query a batch, whatever its size."""

from odoo.tools import SQL

#: Items of the entry that the bank did not make itself: as core's ``_seek_for_lines`` tells them apart.
_OTHERS = SQL(
    """(CASE WHEN batch.bank_account IS NULL THEN a.account_type NOT IN ('asset_cash', 'liability_credit_card')
             ELSE aml.account_id <> batch.bank_account END)"""
)


def coded_entries(company_id, first, last, after, limit, journals=None, users=None, line_ids=None):
    """One row a reconciled bank line, in order of (date, id).

    The line: id, company_id, date, amount, currency, currency_id, places, journal_id, text, partner_name,
    account_number, code, line_partner, clarification (the account for what nobody can explain). Its entry: items[],
    user_id (who wrote them last), is_matched (they settle a document, a payment or another bank line). The suggestion
    that was applied: suggestion, decision, signed_off_by_id, decided_by_id, decided_with, is_edited, is_chosen,
    is_quick, partner_before; is_taken_back: one was, by an entry in a later period.

    :param after: (date, id) of the last one read
    :param users: only entries that one of these wrote last
    :param line_ids: only these
    """
    wanted = [SQL("st.journal_id = ANY(%s)", list(journals))] if journals else []
    if line_ids is not None:
        wanted.append(SQL("st.id = ANY(%s)", list(line_ids)))
    return SQL(
        """
        WITH batch AS MATERIALIZED (
            SELECT st.id, st.company_id, st.move_id, m.date, st.amount, c.name AS currency,
                   c.decimal_places AS places, st.journal_id, st.payment_ref AS text,
                   st.partner_name, st.account_number,
                   st.transaction_type AS code, j.default_account_id AS bank_account, c.id AS currency_id,
                   st.partner_id AS line_partner, co.ai_clarification_account_id AS clarification
              FROM account_bank_statement_line st
              JOIN account_move m ON m.id = st.move_id
              JOIN account_journal j ON j.id = st.journal_id
              JOIN res_company co ON co.id = st.company_id
              JOIN res_currency c ON c.id = COALESCE(j.currency_id, co.currency_id)
             WHERE st.company_id = %(company)s AND m.state = 'posted' AND st.is_reconciled AND st.amount <> 0
               AND m.date BETWEEN %(first)s AND %(last)s AND (m.date, st.id) > (%(day)s, %(id)s) AND %(wanted)s
             ORDER BY m.date, st.id LIMIT %(limit)s
        ),
        items AS (
            SELECT batch.id, max(aml.write_uid) AS user_id,
                   bool_or(a.account_type IN ('asset_receivable', 'liability_payable')
                           OR (a.reconcile AND EXISTS (
                       SELECT 1 FROM account_partial_reconcile apr
                         JOIN account_move_line other ON other.id = CASE WHEN apr.debit_move_id = aml.id
                              THEN apr.credit_move_id ELSE apr.debit_move_id END
                         JOIN account_move om ON om.id = other.move_id
                        WHERE aml.id IN (apr.debit_move_id, apr.credit_move_id)
                          AND (om.statement_line_id IS NOT NULL OR om.origin_payment_id IS NOT NULL)))) AS is_matched,
                   jsonb_agg(jsonb_build_object(
                       'account', aml.account_id, 'balance', aml.balance::text, 'tax', aml.tax_line_id,
                       'group', aml.group_tax_id, 'analytic', aml.analytic_distribution, 'name', aml.name,
                       'taxes', (SELECT COALESCE(jsonb_agg(account_tax_id ORDER BY account_tax_id), '[]')
                                   FROM account_move_line_account_tax_rel WHERE account_move_line_id = aml.id)
                   ) ORDER BY aml.id) AS items
              FROM batch
              JOIN account_move_line aml ON aml.move_id = batch.move_id
              JOIN account_account a ON a.id = aml.account_id
             WHERE aml.display_type NOT IN ('line_section', 'line_subsection', 'line_note') AND %(others)s
             GROUP BY batch.id
        )
        SELECT batch.*, items.user_id, items.is_matched, items.items,
               s.id AS suggestion, s.decision, s.signed_off_by_id, s.decided_with, s.is_edited, s.decided_by_id,
               s.decided_at - s.opened_at < interval '1 second' AS is_quick,
               s.evidence->'alternatives'
                   @> jsonb_build_array(jsonb_build_object('key_full', s.fingerprint)) AS is_chosen,
               EXISTS (SELECT 1 FROM ai_suggestion u JOIN ai_suggestion_move_rel rel ON rel.ai_suggestion_id = u.id
                        WHERE u.res_model = 'account.bank.statement.line' AND u.res_id = batch.id AND u.state = 'undone'
                          AND u.kind = 'bank_coding' AND rel.account_move_id <> batch.move_id) AS is_taken_back,
               NULLIF(s.evidence->>'partner_before', 'false')::int AS partner_before
          FROM batch
          LEFT JOIN items ON items.id = batch.id AND %(authors)s
          LEFT JOIN LATERAL (
              SELECT s.* FROM ai_suggestion s
               WHERE s.res_model = 'account.bank.statement.line' AND s.res_id = batch.id AND s.state = 'applied'
               ORDER BY s.id DESC LIMIT 1) s ON TRUE
         ORDER BY batch.date, batch.id
        """,
        company=company_id,
        first=first,
        last=last,
        day=after[0],
        id=after[1],
        limit=limit,
        wanted=SQL(" AND ").join(wanted) if wanted else SQL("TRUE"),
        others=_OTHERS,
        authors=SQL("items.user_id = ANY(%s)", list(users)) if users else SQL("TRUE"),
    )
