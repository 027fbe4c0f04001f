"""The SQL of the cut-over: what stands on a bank account that no statement line put there."""

from odoo.tools import SQL

#: Entries that a cut-over made, their reversals, and what they moved: together they are nothing.
_BY_HAND = """
      FROM account_move_line aml
      JOIN account_move m ON m.id = aml.move_id
      JOIN account_journal own ON own.id = aml.journal_id
      LEFT JOIN res_partner p ON p.id = COALESCE(aml.partner_id, m.partner_id)
     WHERE aml.account_id = %(account)s AND aml.company_id = %(company)s AND aml.parent_state = 'posted'
       AND aml.display_type NOT IN ('line_section', 'line_subsection', 'line_note')
       AND m.statement_line_id IS NULL
       AND (own.id = %(journal)s OR own.default_account_id IS DISTINCT FROM aml.account_id)
       AND NOT EXISTS (
           SELECT 1 FROM ai_suggestion_move_rel rel JOIN ai_suggestion s ON s.id = rel.ai_suggestion_id
            WHERE s.kind = 'cut_over' AND rel.account_move_id IN (m.id, m.reversed_entry_id))
       AND NOT EXISTS (
           SELECT 1 FROM ai_cut_over_item moved JOIN ai_cut_over c ON c.id = moved.cut_over_id
            WHERE moved.move_line_id = aml.id AND c.state = 'done')
"""


def _by_hand(journal):
    return SQL(_BY_HAND, account=journal.default_account_id.id or 0, company=journal.company_id.id, journal=journal.id)


def has_entries(journal):
    """One row if anything was posted by hand."""
    return SQL("SELECT 1 %s LIMIT 1", _by_hand(journal))


def totals(journal, currency_id, day):
    """count, last date, balance before ``day``, how many on or after it, mark: of all that was posted by hand."""
    return SQL(
        """
        SELECT count(*), max(aml.date),
               sum(CASE WHEN aml.currency_id = %(currency)s THEN aml.amount_currency ELSE 0 END)
                   FILTER (WHERE aml.date < %(day)s),
               count(*) FILTER (WHERE aml.date >= %(day)s),
               md5(concat_ws('/', count(*), max(aml.id), sum(aml.id::numeric * aml.balance),
                   sum(aml.amount_currency), sum(extract(epoch FROM aml.date::timestamp))))
        %(by_hand)s
        """,
        currency=currency_id,
        day=day,
        by_hand=_by_hand(journal),
    )


#: Whether an entry has nothing but equity opposite the bank account: it brings a balance in, or an owner's money.
_IS_EQUITY = """
    NOT EXISTS (
        SELECT 1 FROM account_move_line other JOIN account_account a ON a.id = other.account_id
         WHERE other.move_id = m.id AND other.account_id <> aml.account_id
           AND a.account_type NOT IN ('equity', 'equity_unaffected'))
"""


def eve(journal, currency_id, first):
    """count, last date, how many are neither older than ``first`` nor an opening of that day, balance of the others,
    amounts of those against equity only, whether all are."""
    return SQL(
        """
        SELECT count(*), max(day), count(*) FILTER (WHERE NOT early), sum(amount) FILTER (WHERE early),
               array_agg(amount) FILTER (WHERE is_equity), bool_and(is_equity)
          FROM (
              SELECT aml.date AS day, %(is_equity)s AS is_equity,
                     aml.date < %(first)s OR (aml.date = %(first)s AND %(is_equity)s) AS early,
                     CASE WHEN aml.currency_id = %(currency)s THEN aml.amount_currency ELSE 0 END AS amount
              %(by_hand)s
          ) AS posted
        """,
        is_equity=SQL(_IS_EQUITY),
        first=first,
        currency=currency_id,
        by_hand=_by_hand(journal),
    )


def entries(journal, currency_id, since):
    """id, date, amount, move, text, partner name, reversed move, is_equity, its journal: by hand, since a day."""
    return SQL(
        """
        SELECT aml.id, aml.date,
               CASE WHEN aml.currency_id = %(currency)s THEN aml.amount_currency ELSE 0 END,
               aml.move_id, concat_ws(' ', m.name, m.ref, NULLIF(aml.name, m.ref)), p.name, m.reversed_entry_id,
               %(is_equity)s,
               aml.journal_id
        %(by_hand)s AND aml.date >= %(since)s
        ORDER BY aml.date, aml.id
        """,
        currency=currency_id,
        since=since,
        is_equity=SQL(_IS_EQUITY),
        by_hand=_by_hand(journal),
    )
