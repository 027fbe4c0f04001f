"""What a backtest shows that people booked wrongly, put right by an entry in an open period."""

from decimal import Decimal

from odoo import Command, models
from odoo.exceptions import UserError

from ...engine.proposal import fingerprint


class AiProposerCorrection(models.AbstractModel):
    """The target is the bank line's entry, which stays as it is: a new entry takes back what was booked opposite the
    bank and books what the machine had said. ``proposal``: its ``lines`` hold both; ``evidence["machine"]`` is what
    the machine had said, ``evidence["booked"]`` what it corrects."""

    _name = "ai.proposer.correction"
    _inherit = "ai.proposer"
    _description = "Corrections Found by Backtests"

    _kind = "correction"

    # === PROPOSING === #

    def _suggest(self, replayed):
        """The open suggestion that corrects what people booked on the line of ``replayed`` (``ai.backtest.line``)."""
        bank_line = replayed.statement_line_id
        move = bank_line.move_id
        suggestions = self.env["ai.suggestion"].sudo()
        known = suggestions.search(
            [("kind", "=", self._kind), ("res_model", "=", move._name), ("res_id", "=", move.id)], order="id desc"
        )
        if known.filtered(lambda found: found.state in ("pending", "accepted")):
            return known.filtered(lambda found: found.state in ("pending", "accepted"))[:1]
        if known.filtered(lambda found: found.state == "applied"):
            raise UserError(self.env._("This line was corrected before. Undo that correction first."))
        machine = replayed.proposed or {}
        self._check_possible(bank_line, machine)
        taken_back = [
            {**row, "amount": str(-Decimal(row["amount"])), "label": self.env._("Taken back"), "reason": "manual"}
            for row in self._booked_rows(replayed)
        ]
        said = [*(machine.get("write_off") or ()), *(machine.get("lines") or ())]
        proposal = {
            "version": 1,
            "counterparts": machine.get("counterparts") or [],
            "lines": taken_back + said,
            "remainder": "0",
            "partner_id": machine.get("partner_id"),
        }
        returns = self.env["ai.bank.return.entry"].sudo()
        journal = returns._journal(bank_line.company_id)
        day = returns._first_open_day(bank_line.sudo(), journal)
        asked = str(replayed.backtest_id.create_date.date())
        created = suggestions.create(
            {
                "kind": self._kind,
                "res_model": move._name,
                "res_id": move.id,
                "company_id": bank_line.company_id.id,
                "journal_id": journal.id,
                "partner_id": machine.get("partner_id") or bank_line.partner_id.id,
                "amount": bank_line.amount,
                "currency_id": bank_line.currency_id.id,
                "date": day,
                "label": bank_line.payment_ref,
                "case": "correction",
                "tier": replayed.tier,
                "origin": "user",
                "proposed_by_id": self.env.uid,
                "proposal": proposal,
                "evidence": {
                    "version": 1,
                    "case": "correction",
                    "reasons": [["correction", {"date": asked}], *(replayed.reasons or [])],
                    "alternatives": [],
                    "ticks": {},
                    "marks": [],
                    "open": {},
                    "machine": machine,
                    "booked": self._booked_now(bank_line),
                },
                "fingerprint": fingerprint(proposal),
            }
        )
        created._replace_items()
        created._log("proposed", [{"fingerprint": created.fingerprint}])
        created._decide_by_policy()
        return created

    def _check_possible(self, bank_line, machine):
        if any(row.get("reopens") for row in machine.get("counterparts") or ()):
            raise UserError(
                self.env._("A returned payment opens documents again: undo the booking of the line and book it anew.")
            )
        items = self._items(machine)
        if any(item.reconciled or item.parent_state != "posted" for item in items.values()):
            raise UserError(
                self.env._("A document that the machine had meant is settled by now: there is nothing left to correct.")
            )
        if not bank_line.is_reconciled:
            raise UserError(self.env._("This bank line is not booked any more."))

    def _booked_rows(self, replayed):
        booked = replayed.booked or {}
        rows = [*(booked.get("lines") or ())]
        accounts = {item.id: item.account_id.id for item in self._items(booked).values()}
        rows += [
            {"account_id": accounts[row["move_line_id"]], "amount": row["amount"]}
            for row in booked.get("counterparts") or ()
            if row["move_line_id"] in accounts
        ]
        names = ("account_id", "amount", "tax_ids", "analytic_distribution", "label")
        return [{name: row[name] for name in names if row.get(name)} for row in rows]

    def _items(self, proposal):
        ids = [row["move_line_id"] for row in proposal.get("counterparts") or ()]
        return {item.id: item for item in self.env["account.move.line"].browse(ids).exists()}

    def _booked_now(self, bank_line):
        """What stands opposite the bank, to notice that it was changed."""
        _bank, _suspense, others = bank_line._seek_for_lines()
        return sorted([item.account_id.id, f"{item.balance:.2f}", sorted(item.tax_ids.ids)] for item in others)

    # === DECIDING === #

    def _line(self, suggestion):
        return self.env["account.move"].browse(suggestion.res_id).exists().statement_line_id

    def _stale(self, suggestions):
        found = {}
        for suggestion in suggestions:
            bank_line = self._line(suggestion)
            if not bank_line:
                found[suggestion.id] = self.env._("The bank line was deleted.")
            elif self._booked_now(bank_line) != suggestion.evidence.get("booked"):
                found[suggestion.id] = self.env._("The entry of the bank line was changed meanwhile.")
            else:
                items = self._items(suggestion.evidence.get("machine") or {})
                if any(item.reconciled for item in items.values()):
                    found[suggestion.id] = self.env._("A document was settled meanwhile.")
        return found

    def _posting_journals(self, suggestions):
        return {suggestion.id: suggestion.journal_id.sudo() for suggestion in suggestions}

    def _apply(self, suggestions):
        return {suggestion.id: [self._book(suggestion).id] for suggestion in suggestions}

    def _book(self, suggestion):
        bank_line, machine = self._line(suggestion), suggestion.evidence["machine"]
        returns, items = self.env["ai.bank.return.entry"], self._items(machine)
        _bank, _suspense, others = bank_line._seek_for_lines()
        rows = self.env["ai.bank.entry"]._rows(bank_line, machine, items)
        back = [returns._opposite(item) for item in others]
        move = self.env["account.move"].with_context(skip_invoice_sync=True)
        entry = move.create(
            {
                "move_type": "entry",
                "journal_id": suggestion.journal_id.id,
                "date": returns._first_open_day(bank_line, suggestion.journal_id),
                "ref": self.env._("Correction of %(entry)s", entry=bank_line.move_id.name),
                "line_ids": [Command.create(values) for values in [*rows, *back]],
            }
        )
        entry._post(soft=False)
        counterparts = machine.get("counterparts") or []
        pairs = zip(entry.line_ids.sorted("id"), counterparts, strict=False)
        self.env["account.move.line"]._reconcile_plan([item + items[row["move_line_id"]] for item, row in pairs])
        return entry

    def _undo(self, suggestions):
        for suggestion in suggestions:
            entry = self._entry(suggestion)
            locks = entry._get_violated_lock_dates(entry.date, entry._affect_tax_report())
            if locks and entry.line_ids.filtered(lambda item: item.matched_debit_ids or item.matched_credit_ids):
                raise UserError(self.env._("The period of the correction is locked, so what it settled stays settled."))
            entry.line_ids.remove_move_reconcile()
            day = self.env["ai.bank.return.entry"]._first_open_day(self._line(suggestion), entry.journal_id)
            values = {"date": max(day, entry.date), "ref": self.env._("Undone: %(entry)s", entry=entry.name)}
            entry._reverse_moves([values], cancel=True)

    def _entry(self, suggestion):
        bank_entry = self.env["account.move"].browse(suggestion.res_id)
        return suggestion.move_ids - bank_entry

    def _undo_preview(self, suggestions):
        found = {}
        for suggestion in suggestions:
            entry = self._entry(suggestion)
            found[suggestion.id] = {
                "can_undo": bool(entry),
                "reversed": [{"move_id": entry.id, "name": entry.name}] if entry else [],
                "text": self.env._("The correction %(name)s is reversed.", name=entry.name or ""),
            }
        return found
