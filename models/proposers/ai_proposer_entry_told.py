"""What is told of a suggestion that is a journal entry: effects on the tax report, the log, changes outside."""

from odoo import fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from ...engine.vocabulary import APPLIED
from .ai_proposer_bank_entries import COUNTERPARTS, ITEMS_OF_ENTRIES

ENTRIES = f"""
SELECT rel.ai_suggestion_id, {ITEMS_OF_ENTRIES}
  FROM ai_suggestion_move_rel rel
  JOIN account_move m ON m.id = rel.account_move_id
  JOIN account_move_line aml ON aml.move_id = m.id
  JOIN res_currency mine ON mine.id = aml.company_currency_id
  JOIN res_currency its ON its.id = aml.currency_id
 WHERE rel.ai_suggestion_id = ANY(%s)
 GROUP BY rel.ai_suggestion_id, m.id ORDER BY m.id
"""


class AiProposerEntry(models.AbstractModel):
    _name = "ai.proposer.entry"
    _inherit = "ai.proposer.entry"

    # === THE CARD === #

    def _card_entry(self, suggestion, items, proposal=None):
        rows, total = [], 0.0
        told = {"currency_id": suggestion.company_id.currency_id.id, "problem": ""}
        for day, lines in sorted(self._by_day(suggestion, proposal).items()):
            try:
                values, settling = self.sudo()._day_values(suggestion.sudo(), lines)
            except UserError as error:
                return {**told, "rows": [], "total": 0.0, "problem": str(error.args[0])}
            rows += [
                self._card_item(suggestion, day, row, key, items) for row, key in zip(values, settling, strict=True)
            ]
            total += sum(max(row["balance"], 0.0) for row in values)
        return {**told, "rows": rows, "total": total}

    def _card_item(self, suggestion, day, values, key, items):
        # Names on a card that the reader may see.
        account = self.env["account.account"].sudo().browse(values["account_id"])
        partner = self.env["res.partner"].sudo().browse(values.get("partner_id") or [])
        item, booked = items.get(key), suggestion.state == APPLIED
        own = values["currency_id"] != suggestion.company_id.currency_id.id
        return {
            "date": day,
            "account": account.display_name,
            "partner": partner.name or "",
            "label": values.get("name") or "",
            "debit": max(values["balance"], 0.0),
            "credit": max(-values["balance"], 0.0),
            "foreign": values["amount_currency"] if own else 0.0,
            "foreign_currency_id": values["currency_id"] if own else False,
            "settles": (item.move_id.name if item else suggestion._hidden_name()) if key else "",
            "move_id": item.move_id.id if item else False,
            "open": item.amount_residual_currency if item else 0.0,
            "leaves": item.currency_id.round(item.amount_residual_currency + values["amount_currency"])
            if item and not booked
            else 0.0,
            "open_currency_id": item.currency_id.id if item else False,
            "is_tax": bool(values.get("tax_repartition_line_id")),
        }

    # === EFFECTS === #

    def _accept_effects(self, suggestions):
        found, refused = {}, {}
        for suggestion in suggestions:
            # Nothing stays of it, so the right to look is enough.
            proposer, own = self.sudo(), suggestion.sudo()
            items = proposer._settled(proposer._settling_rows(own.proposal or {}))
            moves = self.env["account.move"].sudo().union(*(item.move_id for item in items.values()))
            effects = proposer.env["ai.bank.effects"]
            try:
                found[suggestion.id] = effects._rehearsed(moves, lambda p=proposer, s=own: p._apply(s))
            except (UserError, ValidationError) as error:
                refused[suggestion.id] = str(error.args[0] if error.args else error)
        return found, refused

    def _undo_effects(self, suggestions):
        plan = {
            suggestion.id: [(entry, -1, self._open_day(entry)) for entry in self._made(suggestion)]
            for suggestion in suggestions
        }
        return self.env["ai.proposer.bank"]._read_plan(plan)

    def _accept_outlook(self, suggestions):
        found = {}
        bank = self.env["ai.proposer.bank"]
        for suggestion in suggestions:
            rows = []
            for day, lines in self._by_day(suggestion).items():
                try:
                    values, _settling = self.sudo()._day_values(suggestion.sudo(), lines)
                except UserError:
                    continue
                for row in values:
                    rows += bank._tax_rows_of(row, fields.Date.to_date(day), suggestion.company_id.id)
            found[suggestion.id] = (rows, [])
        return found

    # === THE LOG === #

    def _entries(self, suggestions):
        self.env["account.move.line"].flush_model()
        self.env["account.move"].flush_model(["name", "state", "date"])
        self.env["account.partial.reconcile"].flush_model()
        entries = {suggestion.id: [] for suggestion in suggestions}
        for suggestion_id, move_id, name, state, date, items in self.env.execute_query(SQL(ENTRIES, suggestions.ids)):
            entries[suggestion_id].append(
                {"move_id": move_id, "name": name, "state": state, "date": date, "items": items}
            )
        wanted = {s.id: [row["move_line_id"] for row in self._settling_rows(s.proposal or {})] for s in suggestions}
        ids = [item_id for item_ids in wanted.values() for item_id in item_ids]
        counterparts = dict(self.env.execute_query(SQL(COUNTERPARTS, ids))) if ids else {}
        return {
            suggestion.id: {
                "entries": entries[suggestion.id],
                "counterparts": [counterparts[each] for each in wanted[suggestion.id] if each in counterparts],
            }
            for suggestion in suggestions
        }

    def _compare(self, suggestions):
        return self.env["ai.proposer.bank"]._compared(suggestions, self._entries(suggestions))
