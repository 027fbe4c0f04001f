"""Undoing bank lines beside other people's work: what was changed later, what builds on it, and the order."""

from odoo import models
from odoo.exceptions import UserError

from ...engine.vocabulary import TRANSFER


class AiProposerBank(models.AbstractModel):
    _name = "ai.proposer.bank"
    _inherit = "ai.proposer.bank"

    def _undo_preview(self, suggestions):
        lines = {line.id: line for line in self._lines(suggestions)}
        _gone, refused = self._later_changes(suggestions)
        return self.env["ai.bank.undo.preview"]._of(suggestions, lines, refused)

    def _changed_later(self, suggestions):
        gone, refused = self._later_changes(suggestions)
        if refused:
            raise UserError(next(iter(refused.values())))
        return gone

    def _later_changes(self, suggestions):
        """(suggestions whose booking is gone already, {id: why undoing another would hit somebody else's work})"""
        lines = {line.id: line for line in self._lines(suggestions)}
        gone, refused = suggestions.browse(), {}
        for suggestion in suggestions:
            line = lines.get(suggestion.res_id)
            others = line._seek_for_lines()[2] if line else None
            if not others:
                gone += suggestion
                continue
            why = self._why_not(suggestion, line)
            if why:
                refused[suggestion.id] = why
        return gone, refused

    def _locked(self, suggestions):
        lines = {line.id: line for line in self._lines(suggestions)}
        returns = self.env["ai.bank.return.entry"]
        # The locks ask entry by entry whether the items affect the tax report.
        items = self.env["account.move"].union(*(line.move_id for line in lines.values())).line_ids
        items.fetch(["tax_ids", "tax_tag_ids", "tax_line_id"])
        return suggestions.filtered(lambda s: s.res_id in lines and bool(returns._locks(lines[s.res_id])))

    def _why_not(self, suggestion, line):
        name = suggestion.label or suggestion.name
        if not self._still_matched(suggestion, line):
            return self.env._(
                "What was booked for '%(line)s' was changed later, by a returned payment or in Odoo. Undo that first.",
                line=name,
            )
        later = self._matched_later(suggestion, line)
        if later:
            return self.env._(
                "What was booked for '%(line)s' was matched later with %(names)s. Undo that first.",
                line=name,
                names=", ".join(later.mapped("move_id.name")[:3]),
            )
        return None

    def _still_matched(self, suggestion, line):
        """Whether the items of the proposal are still the ones that the line's entry is matched with."""
        return not (self._wanted(suggestion) - self._partners_of(line)).exists()

    def _matched_later(self, suggestion, line):
        """Items of others that were reconciled with this entry after it was booked: an amount on account that pays
        an invoice now, say. The other side of a transfer, and exchange entries, are no later work."""
        transfers = {
            row["account_id"]
            for row in (suggestion.proposal or {}).get("write_off") or []
            if row.get("reason") == TRANSFER
        }
        others = self._partners_of(line) - self._wanted(suggestion) - line.move_id.line_ids
        return others.filtered(
            lambda item: (
                item.account_id.id not in transfers and item.journal_id != item.company_id.currency_exchange_journal_id
            )
        )

    def _wanted(self, suggestion):
        return self._browse([row["move_line_id"] for row in (suggestion.proposal or {}).get("counterparts") or []])

    def _partners_of(self, line):
        items = line.move_id.line_ids
        return items.matched_debit_ids.debit_move_id + items.matched_credit_ids.credit_move_id

    def _undo_first(self, suggestions):
        """{suggestion id: ids of those among ``suggestions`` that build on it and are undone before it}: they settle,
        or separate, an item of its entry."""
        lines = {line.id: line for line in self._lines(suggestions)}
        owner = {lines[s.res_id].move_id.id: s.id for s in suggestions if s.res_id in lines}
        wanted = self._browse([item_id for s in suggestions for item_id in self._wanted(s).ids]).exists()
        move_of = {item.id: item.move_id.id for item in wanted}
        found = {}
        for suggestion in suggestions:
            for item in self._wanted(suggestion):
                base = owner.get(move_of.get(item.id))
                if base and base != suggestion.id:
                    found.setdefault(base, set()).add(suggestion.id)
        return found
