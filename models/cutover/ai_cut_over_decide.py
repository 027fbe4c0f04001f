"""Cut-over: what people say to it, and taking it back."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ...engine.schema import is_id
from ...engine.vocabulary import APPLIED, FAILED, OPEN_STATES
from . import cut_over_queries as queries

LINE = "account.bank.statement.line"


class AiCutOver(models.Model):
    _name = "ai.cut.over"
    _inherit = "ai.cut.over"

    # === WHAT PEOPLE SAY === #

    def action_set_day(self, date, bank_balance=None):
        """Cut over on another day.

        :param date: in ``first_day`` .. ``last_day``
        :param bank_balance: what the bank's statement says at the end of that day, where the files tell no balance
        """
        self._check_open()
        try:
            day = fields.Date.to_date(date)
        except ValueError:
            day = None
        if not day or not self.first_day <= day <= self.last_day:
            template = self.env._(
                "Choose a day from %(first)s to %(last)s: the files begin after the first one, and nothing is posted "
                "on locked days."
            )
            first, last = format_date(self.env, self.first_day), format_date(self.env, self.last_day)
            raise UserError(template % {"first": first, "last": last})
        values = {"date": day, "is_date_chosen": True}
        if bank_balance is not None:
            values |= {"is_bank_stated": True, "bank_stated": float(bank_balance)}
        self.sudo().write(values)
        self._log_said({"date": str(day), "bank_balance": bank_balance})
        self._refresh(asked_for=True)
        return True

    def _say(self, what, keys):
        """Add ``keys`` to what a person said: ``taken`` (bank lines), ``moved`` or ``kept`` (entries)."""
        self._check_open()
        self._check_known(keys)
        said = {name: [key for key in found if key not in keys] for name, found in self._said_lists().items()}
        said[what] = [*said[what], *keys]
        return self._keep_said({**(self.said or {}), **said})

    def _unsay(self, keys):
        self._check_open()
        said = {name: [key for key in found if key not in keys] for name, found in self._said_lists().items()}
        pairs = {key: items for key, items in ((self.said or {}).get("pairs") or {}).items() if key not in keys}
        return self._keep_said({**said, "pairs": pairs})

    def _said_lists(self):
        return {name: list((self.said or {}).get(name) or ()) for name in ("taken", "moved", "kept")}

    def _pair(self, bank_key, item_ids):
        """This bank line is these entries, or none of them."""
        self._check_open()
        if not isinstance(item_ids, list) or not all(map(is_id, item_ids)):
            raise UserError(self.env._("Choose entries of this bank account."))
        self._check_known([bank_key, *item_ids])
        rows = self.line_ids
        items = self.env["account.move.line"].browse(item_ids).sudo()
        amount = sum(rows.filtered(lambda row: bank_key in (row.bank_keys or ())).mapped("bank_amount"))
        own = items.filtered(lambda item: item.currency_id == self.currency_id)
        if item_ids and self.currency_id.compare_amounts(sum(own.mapped("amount_currency")), amount):
            raise UserError(self.env._("These entries do not add up to the bank line."))
        pairs = {
            key: found
            for key, found in ((self.said or {}).get("pairs") or {}).items()
            if not set(found) & set(item_ids)
        }
        return self._keep_said({**(self.said or {}), "pairs": {**pairs, bank_key: list(item_ids)}})

    def _check_known(self, keys):
        known = {key for row in self.line_ids for key in (*(row.bank_keys or ()), *(row.item_keys or ()))}
        if set(keys) - known:
            raise UserError(self.env._("This does not belong to the cut-over any more. Reload and look again."))

    def _keep_said(self, said):
        self.sudo().said = said
        self._log_said(said)
        self._refresh(asked_for=True)
        return True

    def _log_said(self, said):
        self.env["ai.audit.log"]._append("edited", self, [{"said": said}])

    # === DECIDING === #

    def action_refresh(self):
        """Work it out anew from the files and the ledger as they are now."""
        self._check_open()
        self._refresh(asked_for=True)
        return True

    def action_accept(self):
        """Cut over: post the entries that move what was booked by hand, and import the files."""
        self._check_open()
        suggestion = self.suggestion_id
        if not suggestion or suggestion.state not in (*OPEN_STATES, FAILED):
            self._refresh(asked_for=True)
            self.invalidate_recordset(["suggestion_id"])
            suggestion = self.suggestion_id
        return suggestion.action_accept()

    def action_reject(self):
        """Not like this. The files go on waiting."""
        self._check_open()
        return self.suggestion_id.action_reject()

    def action_drop(self):
        """Give it up: the files that wait are not imported."""
        self._check_open()
        self.import_ids.filtered(lambda record: record.state == "held").action_undo()
        return True

    def _carry_out(self):
        """The files are imported, now that the entries are moved."""
        self._move_to("done", done_at=fields.Datetime.now())
        facts = {"date": str(self.date), "bank_balance": self.bank_balance, "unexplained": self.unexplained}
        self.env["ai.audit.log"]._append("cut_over_done", self, [{**facts, "counts": self.counts, "said": self.said}])
        self.import_ids.filtered(lambda record: record.state == "held")._release()

    @api.model
    def _note_agreement(self, record, day):
        """The file opens with the balance that was kept by hand: what is older stays out from now on."""
        values = {**self._prepare(record.journal_id), "date": day, "is_automatic": True, "bank_known": True}
        query = queries.eve(record.journal_id, values["currency_id"], day + timedelta(days=1))
        [(count, _last, _later, balance, _brought, _is_opening)] = self.env.execute_query(query)
        values |= {"entry_count": count, "ledger_balance": balance or 0.0, "bank_balance": balance or 0.0}
        found = self.sudo().create(values)
        found.import_ids = record.sudo()
        found._move_to("done", done_at=fields.Datetime.now())
        self.env["ai.audit.log"]._append("cut_over_done", found, [{"date": str(day), "automatic": True}])

    # === TAKING IT BACK === #

    def action_undo(self):
        """Take all of it back: matchings of its bank lines, the lines, the entries. Shows first what that does."""
        self.ensure_one()
        self._check_person()
        if self.state != "done":
            raise UserError(self.env._("There is nothing to undo."))
        booked = self._booked_suggestions()
        if not booked:
            self.import_ids.filtered(lambda record: record.state == "done").action_undo()
            return True
        action = self.env["ir.actions.act_window"]._for_xml_id("ai_bookkeeper.ai_suggestion_undo_action")
        return {**action, "context": {"active_model": "ai.suggestion", "active_ids": booked.ids}}

    def _booked_suggestions(self):
        """What was booked for its bank lines, and the cut-over itself."""
        lines = self.import_ids.line_ids.ids
        matched = self.env["ai.suggestion"]._visible(
            [("res_model", "=", LINE), ("res_id", "in", lines), ("state", "=", APPLIED)], order="id desc"
        )
        return matched + self.suggestion_id.filtered(lambda found: found.state == APPLIED)

    def _take_back(self):
        """The bank lines go, the files are undone; the entries are reversed by the proposer."""
        self.import_ids.filtered(lambda record: record.state in ("done", "failed")).action_undo()
        self._move_to("undone")
        self.env["ai.audit.log"]._append("cut_over_undone", self, [{"date": str(self.date)}])

    def _check_can_undo(self):
        """Why it can't be taken back now; None when it can."""
        busy = self.import_ids.filtered(lambda record: record.state in ("queued", "running") or record.removing)
        if busy:
            return self.env._("%(name)s is still at work.", name=busy[:1].name)
        touched = self.import_ids.filtered(lambda record: record.state == "done" and record._touched_count())
        if touched:
            template = self.env._(
                "Bank lines of %(name)s are booked already. Undo these first, or open the cut-over and undo all of it."
            )
            return template % {"name": touched[:1].name}
        return None
