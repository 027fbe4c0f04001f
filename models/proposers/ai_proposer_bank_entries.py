"""The entries of bank lines as JSON: for the audit log, and to notice what was changed outside."""

from collections import defaultdict

from odoo import models
from odoo.tools import SQL

from ...engine.audit import compare

ITEMS_OF_ENTRIES = """m.id, m.name, m.state, m.date::text, jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
           'id', aml.id,
           'account_id', aml.account_id,
           'partner_id', aml.partner_id,
           'balance', round(aml.balance, mine.decimal_places)::text,
           'currency_id', aml.currency_id,
           'amount_currency', round(aml.amount_currency, its.decimal_places)::text,
           'tax_ids', (SELECT jsonb_agg(account_tax_id ORDER BY account_tax_id)
                         FROM account_move_line_account_tax_rel WHERE account_move_line_id = aml.id),
           'tax_line_id', aml.tax_line_id,
           'tag_ids', (SELECT jsonb_agg(account_account_tag_id ORDER BY account_account_tag_id)
                         FROM account_account_tag_account_move_line_rel WHERE account_move_line_id = aml.id),
           'analytic', aml.analytic_distribution,
           'matched', (SELECT jsonb_agg(jsonb_build_array(other, amount::text) ORDER BY other) FROM (
                SELECT credit_move_id AS other, amount FROM account_partial_reconcile WHERE debit_move_id = aml.id
                UNION ALL
                SELECT debit_move_id, amount FROM account_partial_reconcile WHERE credit_move_id = aml.id) partial)
       )) ORDER BY aml.id)"""
ENTRIES = f"""
SELECT st.id, {ITEMS_OF_ENTRIES}
  FROM account_bank_statement_line st
  JOIN account_move m ON m.id = st.move_id
  JOIN account_move_line aml ON aml.move_id = m.id
  JOIN res_currency mine ON mine.id = aml.company_currency_id
  JOIN res_currency its ON its.id = aml.currency_id
 WHERE st.id = ANY(%s)
 GROUP BY st.id, m.id
"""
COUNTERPARTS = """
SELECT aml.id, jsonb_build_object('id', aml.id, 'move_id', aml.move_id, 'account_id', aml.account_id,
           'open', round(aml.amount_residual_currency, its.decimal_places)::text, 'currency_id', aml.currency_id)
  FROM account_move_line aml JOIN res_currency its ON its.id = aml.currency_id WHERE aml.id = ANY(%s)
"""


class AiProposerBank(models.AbstractModel):
    _name = "ai.proposer.bank"
    _inherit = "ai.proposer.bank"

    def _entries(self, suggestions):
        self.env["account.move.line"].flush_model()
        self.env["account.move"].flush_model(["name", "state", "date"])
        self.env["account.partial.reconcile"].flush_model()
        return self._read_entries(suggestions)

    def _read_entries(self, suggestions):
        rows = self.env.execute_query(SQL(ENTRIES, suggestions.mapped("res_id")))
        entries = defaultdict(list)
        for line_id, move_id, name, state, date, items in rows:
            entries[line_id].append({"move_id": move_id, "name": name, "state": state, "date": date, "items": items})
        wanted = {suggestion.id: self._counterpart_ids(suggestion) for suggestion in suggestions}
        ids = [item_id for item_ids in wanted.values() for item_id in item_ids]
        counterparts = dict(self.env.execute_query(SQL(COUNTERPARTS, ids))) if ids else {}
        return {
            suggestion.id: {
                "entries": entries[suggestion.res_id],
                "counterparts": [counterparts[each] for each in wanted[suggestion.id] if each in counterparts],
            }
            for suggestion in suggestions
        }

    def _counterpart_ids(self, suggestion):
        rows = (suggestion.proposal or {}).get("counterparts") or []
        return [item_id for row in rows for item_id in (row["move_line_id"], *(row.get("reopens") or ()))]

    # === CHANGED OUTSIDE === #

    def _compare(self, suggestions):
        return self._compared(suggestions, self._entries(suggestions))

    def _compared(self, suggestions, now):
        """See ``_compare``.

        :param dict now: what ``_entries`` says of them
        """
        booked = {suggestion.id: (suggestion.after or {}).get("entries") or [] for suggestion in suggestions}
        move_ids = [entry["move_id"] for entries in booked.values() for entry in entries]
        gone = self._gone(booked.values())
        reversals = self._reversals(move_ids)
        settled = self._settled_by_us(suggestions, booked)
        found = {}
        for suggestion_id, entries in booked.items():
            change = compare.difference(entries, now[suggestion_id]["entries"], reversals, gone, settled)
            found[suggestion_id] = change
        who = self._who({s.id: s for s in suggestions if found[s.id]}, found, booked, reversals)
        return {
            suggestion_id: (change, *who.get(suggestion_id, (False, False))) for suggestion_id, change in found.items()
        }

    def _gone(self, booked):
        """Partners and accounts that were merged or deleted since: they can't be compared."""
        items = [item for entries in booked for entry in entries for item in entry["items"]]
        parts = {"partner_id": "res.partner", "account_id": "account.account"}
        gone = {}
        for part, model in parts.items():
            ids = {item[part] for item in items if item.get(part)}
            gone[part] = ids - set(self.env[model].browse(ids).exists().ids)
        return gone

    def _reversals(self, move_ids):
        """{entry id: (user id, moment) of the posted entry that reverses it}."""
        rows = self.env.execute_query(
            SQL(
                """SELECT reversed_entry_id, create_uid, create_date FROM account_move
                    WHERE reversed_entry_id = ANY(%s) AND state = 'posted' ORDER BY id DESC""",
                move_ids,
            )
        )
        return {row[0]: row[1:] for row in rows}

    def _settled_by_us(self, suggestions, booked):
        """Items of these bookings that another applied suggestion took up: a returned payment reopens what it paid."""
        ids = [item["id"] for entries in booked.values() for entry in entries for item in entry["items"]]
        rows = self.env.execute_query(
            SQL(
                """SELECT i.move_line_id FROM ai_suggestion_item i JOIN ai_suggestion s ON s.id = i.suggestion_id
                    WHERE i.move_line_id = ANY(%s) AND s.state = 'applied'""",
                ids,
            )
        )
        return {row[0] for row in rows}

    def _who(self, suggestions, found, booked, reversals):
        """{suggestion id: (user id, moment)} of the last hand on what has changed."""
        move_ids = [entry["move_id"] for suggestion_id in suggestions for entry in booked[suggestion_id]]
        rows = self.env.execute_query(
            SQL(
                """SELECT m.id, m.write_uid, m.write_date, i.write_uid, i.write_date FROM account_move m
                     LEFT JOIN LATERAL (SELECT write_uid, write_date FROM account_move_line
                          WHERE move_id = m.id ORDER BY write_date DESC, id DESC LIMIT 1) i ON true
                    WHERE m.id = ANY(%s)""",
                move_ids,
            )
        )
        written = {row[0]: row[1:] for row in rows}
        who = {}
        for suggestion_id, suggestion in suggestions.items():
            mine = [entry["move_id"] for entry in booked[suggestion_id]]
            who[suggestion_id] = self._last_hand(suggestion, found[suggestion_id], mine, written, reversals)
        return who

    def _last_hand(self, suggestion, change, move_ids, written, reversals):
        touched = (suggestion.touched_by_id.id, suggestion.touched_at)
        if change == compare.DELETED or (change == compare.UNRECONCILED and suggestion.touched_at):
            return touched
        if change == compare.REVERSED:
            return next(reversals[move_id] for move_id in move_ids if move_id in reversals)
        hands = [written[move_id] for move_id in move_ids if move_id in written]
        first = 0 if change == compare.RESET else 2
        return max(((hand[first], hand[first + 1]) for hand in hands), key=lambda hand: hand[1], default=touched)
