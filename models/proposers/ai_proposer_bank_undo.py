"""Undoing bank lines beside other people's work: what was changed later, what builds on it, and the order."""

from odoo import models
from odoo.exceptions import UserError

from ...engine.vocabulary import TRANSFER


class AiProposerBank(models.AbstractModel):
    _name = "ai.proposer.bank"
    _inherit = "ai.proposer.bank"

    # === BACK TO SUSPENSE === #

    def _unmatch(self, lines):
        """Each line's entry is bank and suspense again. Where one item became the counterpart it becomes suspense
        again, all in one write; the others are rebuilt by Odoo one by one, which takes several times as long."""
        single = lines.filtered(self._is_single)
        # What another suggestion names must not turn into suspense under the same id.
        entries = self.env["ai.suggestion.item"].sudo().search([("move_line_id", "in", single.move_id.line_ids.ids)])
        named = entries.move_line_id.move_id
        single = single.filtered(lambda line: line.move_id not in named)
        (lines - single).action_undo_reconciliation()
        single.move_id.line_ids.remove_move_reconcile()
        quiet = self.with_context(skip_invoice_sync=True, check_move_validity=False)
        items = quiet.env["account.move.line"]
        for account, group in single.grouped(lambda line: line.journal_id.suspense_account_id).items():
            others = items.browse([line._seek_for_lines()[2].id for line in group])
            others.write({"account_id": account.id})
        # As Odoo does when it rebuilds them.
        single.move_id.filtered(lambda move: not move.checked).checked = True

    def _is_single(self, line):
        liquidity, suspense, other = line._seek_for_lines()
        return (
            len(liquidity) == 1
            and len(other) == 1
            and not suspense
            and not line.payment_ids
            and not line.foreign_currency_id
            and liquidity.currency_id == other.currency_id == line.company_id.currency_id
            and other.currency_id.is_zero(liquidity.balance + other.balance)
            and other.name == line.payment_ref
            and not (other.tax_ids or other.tax_tag_ids or other.tax_repartition_line_id)
            and not other.analytic_distribution
        )

    def _align_partners(self, lines):
        """The items carry the bank line's partner again."""
        for partner, group in lines.grouped("partner_id").items():
            items = group.move_id.line_ids.filtered(lambda item, partner=partner: item.partner_id != partner)
            items.write({"partner_id": partner.id})

    # === WHAT WAS CHANGED LATER === #

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
