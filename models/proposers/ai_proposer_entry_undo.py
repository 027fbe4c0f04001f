"""Taking back a suggestion that is a journal entry: reversed, or in a locked period moved back on request."""

from collections import defaultdict
from decimal import Decimal

from odoo import Command, models
from odoo.exceptions import UserError
from odoo.tools import format_date


class AiProposerEntry(models.AbstractModel):
    _name = "ai.proposer.entry"
    _inherit = "ai.proposer.entry"

    def _made(self, suggestion):
        """The entries that it posted and that still stand; not the documents that it settled."""
        settled = self._settled(self._settling_rows(suggestion.proposal or {})).values()
        documents = {item.move_id.id for item in settled}
        return suggestion.move_ids.exists().filtered(
            lambda move: (
                move.state == "posted"
                and move.id not in documents
                and not move.reversal_move_ids.filtered(lambda back: back.state == "posted")
            )
        )

    # === WHAT WAS DONE LATER === #

    def _is_gone(self, suggestion):
        """Whether all that it did was taken back in Odoo already."""
        return not self._made(suggestion)

    def _later_changes(self, suggestions):
        gone, refused = suggestions.browse(), {}
        for suggestion in suggestions:
            if self._is_gone(suggestion):
                gone += suggestion
                continue
            others = self._matched_later(suggestion)
            if others:
                template = self.env._("%(name)s was matched with it since: undo that first.")
                refused[suggestion.id] = template % {"name": others[:1].move_id.name}
        return gone, refused

    def _matched_later(self, suggestion):
        """Items of other people's work that are matched with its entries. Exchange differences are no work."""
        entries = self._made(suggestion)
        own = self.env["account.move.line"].browse(
            [row["move_line_id"] for row in self._settling_rows(suggestion.proposal or {})]
        )
        partials = entries.line_ids.matched_debit_ids + entries.line_ids.matched_credit_ids
        sides = partials.debit_move_id + partials.credit_move_id - entries.line_ids - own
        return sides.filtered(lambda item: not item.move_id.exchange_diff_partial_ids)

    def _changed_later(self, suggestions):
        gone, refused = self._later_changes(suggestions)
        if refused:
            raise UserError(next(iter(refused.values())))
        return gone

    def _undo_first(self, suggestions):
        """Those that settle items of its entries go before it."""
        owner = {entry.id: suggestion.id for suggestion in suggestions for entry in suggestion.move_ids}
        found = defaultdict(set)
        for suggestion in suggestions:
            for item in self._settled(self._settling_rows(suggestion.proposal or {})).values():
                base = owner.get(item.move_id.id)
                if base and base != suggestion.id:
                    found[base].add(suggestion.id)
        return dict(found)

    # === UNDO === #

    def _undo(self, suggestions):
        for suggestion in suggestions:
            self._before_undoing(suggestion)
            for entry in self._made(suggestion):
                self._take_back(entry)

    def _before_undoing(self, suggestion):
        """What is more than entries is taken back first."""

    def _take_back(self, entry):
        """Reversed on its own day, or on the first open one."""
        if self._locks(entry) and self._settles(entry):
            raise UserError(self.env._("The period of %(name)s is locked, so what it settled stays.", name=entry.name))
        entry.line_ids.remove_move_reconcile()
        values = {"date": self._open_day(entry), "ref": self.env._("Undone: %(entry)s", entry=entry.name)}
        entry._reverse_moves([values], cancel=True)

    def _open_day(self, entry):
        return self.env["ai.bank.return.entry"]._open_day(entry.company_id, entry.date, entry.journal_id, entry)

    def _locks(self, entry):
        return entry._get_violated_lock_dates(entry.date, entry._affect_tax_report())

    def _settles(self, entry):
        return entry.line_ids.filtered(lambda item: item.matched_debit_ids or item.matched_credit_ids)

    def _locked(self, suggestions):
        """Those that settled something in a period that is locked now: others are simply reversed in an open one."""
        return suggestions.filtered(
            lambda suggestion: any(self._locks(entry) and self._settles(entry) for entry in self._made(suggestion))
        )

    def _undo_by_transfer(self, suggestions):
        """The opposite entry in the first open period: matching and locked period stay as they are."""
        found = {}
        for suggestion in suggestions:
            entries = self._made(suggestion)
            if len(entries) > 1:
                raise UserError(self.env._("It made several entries: reverse them in Odoo one by one."))
            returns = self.env["ai.bank.return.entry"]
            move = self.env["account.move"].with_context(skip_invoice_sync=True)
            back = move.create(
                {
                    "move_type": "entry",
                    "journal_id": entries.journal_id.id,
                    "date": self._open_day(entries),
                    "ref": self.env._("Taken back: %(line)s", line=entries.name),
                    **self._entry_values(suggestion, str(self._open_day(entries))),
                    "line_ids": [Command.create(returns._opposite(item)) for item in entries.line_ids],
                }
            )
            back._post(soft=False)
            found[suggestion.id] = back.id
        return found

    # === LOOKING BEFORE === #

    def _undo_preview(self, suggestions):
        _gone, refused = self._later_changes(suggestions)
        return {suggestion.id: self._undo_row(suggestion, refused.get(suggestion.id)) for suggestion in suggestions}

    def _undo_row(self, suggestion, refusal):
        entries = self._made(suggestion)
        locked = entries.filtered(lambda entry: self._locks(entry) and self._settles(entry))
        day = str(max(map(self._open_day, entries))) if entries else None
        documents = self._reopened(entries)
        return {
            "can_undo": bool(not refusal and not locked and not self._is_gone(suggestion)),
            "locked": bool(locked),
            "can_transfer": bool(locked and not refusal and len(entries) == 1),
            "transfer_date": day if locked else None,
            "documents": documents,
            "reversed": [{"move_id": entry.id, "name": entry.name} for entry in entries],
            "pays_again": [],
            "text": refusal or self._undo_sentence(entries, locked, documents, day),
        }

    def _reopened(self, entries):
        """What its matchings keep closed."""
        opens = defaultdict(Decimal)
        for item in entries.line_ids:
            for partial in item.matched_debit_ids:
                opens[partial.debit_move_id] += Decimal(str(partial.debit_amount_currency))
            for partial in item.matched_credit_ids:
                opens[partial.credit_move_id] += Decimal(str(partial.credit_amount_currency))
        return [
            {
                "move_id": item.move_id.id,
                "name": item.move_id.name,
                "opens": str(amount.quantize(Decimal(1).scaleb(-item.currency_id.decimal_places))),
                "payment_state": item.move_id.payment_state,
            }
            for item, amount in opens.items()
            if item.move_id not in entries and not item.move_id.exchange_diff_partial_ids
        ]

    def _undo_sentence(self, entries, locked, documents, day):
        if locked:
            template = self.env._(
                "The period of %(names)s is locked: what it settled stays. A transfer entry on %(date)s can move the "
                "amounts back."
            )
            return template % {"names": ", ".join(locked.mapped("name")), "date": format_date(self.env, day)}
        parts = []
        if entries:
            parts.append(self.env._("Reversed: %(names)s.", names=", ".join(entries.mapped("name"))))
        if documents:
            names = ", ".join(dict.fromkeys(document["name"] for document in documents[:5]))
            parts.append(self.env._("Open again: %(names)s.", names=names))
        return " ".join(parts) or self.env._("It was undone in Odoo before.")
