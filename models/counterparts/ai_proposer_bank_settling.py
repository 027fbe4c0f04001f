"""Settlements of counterparts: which lines are theirs in spite of others' items, and what booking them closes."""

from decimal import Decimal

from odoo import models
from odoo.fields import Domain

from ...engine.coding import blockers_of
from ...engine.coding.settling_counterparts import RUNNING

#: What proves that a matched document is meant.
_PROOF = ("reference", "iban", "name")
#: Accounts that keep partners apart.
_TRADED = ("asset_receivable", "liability_payable")
_OPEN = 2000


class AiProposerBankCoding(models.AbstractModel):
    _name = "ai.proposer.bank_coding"
    _inherit = "ai.proposer.bank_coding"

    # === WHOSE LINE IT IS === #

    def _free(self, facts, answers):
        """Also lines of counterparts for which matching found only items of others, by their amount."""
        free = super()._free(facts, answers)
        blocked = {answer.line for answer in answers if blockers_of(answer)}
        lines = [line for line in facts.lines if line.key in blocked]
        if not lines:
            return free
        company = self.env["res.company"].browse(facts.settings.company)
        known = self.env["ai.facts.counterpart"]._known(company, lines)
        return [*free, *sorted(self._freed(facts, answers, known))]

    def _freed(self, facts, answers, known):
        """Keys of blocked lines that are surely a counterpart's, while what matching found is somebody else's.

        :param facts: ``MatchingFacts``; :param known: {line key: ``Known``}
        """
        items = {item.key: item for item in facts.items}
        freed = set()
        for answer in answers:
            who = known.get(answer.line)
            if who and who.sure and blockers_of(answer) and self._is_elsewhere(answer, who, items):
                freed.add(answer.line)
        return freed

    def _is_elsewhere(self, answer, known, items):
        """Whether nothing that matching found is the counterpart's own, or proved by what the line carries."""
        partners = {each.partner for each in known.counterparts}
        accounts = {account for each in known.counterparts for account in each.accounts}
        readings = answer.readings[:1] if answer.outcome == "proposed" else answer.readings
        for reading in readings:
            if reading.case in ("transfer", "registered", "returned"):
                return False
            found = [items.get(row.item) for row in reading.match.counterparts]
            if not all(found) or any(reading.ticks.get(tick) == "yes" for tick in _PROOF):
                return False
            there = [item for item in found if item.account in accounts]
            own = [item for item in found if item not in there and item.partner in partners - {None}]
            # An open item on the account that is settled is closed by matching; a question about it is answered here.
            if own or (there and answer.outcome == "proposed"):
                return False
        return bool(readings)

    # === BOOKING === #

    def _apply(self, suggestions):
        """As before; what the payment settles to zero is reconciled, and the instalment of a loan is marked."""
        result = super()._apply(suggestions)
        told = {suggestion: suggestion._settling() for suggestion in suggestions}
        settled = suggestions.filtered(lambda suggestion: told[suggestion])
        if settled:
            self._close_items(settled)
            for suggestion in settled:
                if told[suggestion].get("loan_line"):
                    # Instalments are marked by booking only.
                    line = self.env["ai.loan.line"].sudo().browse(told[suggestion]["loan_line"]).exists()
                    line.bank_line_id = suggestion.res_id
        return result

    def _undo(self, suggestions):
        self._unmark(suggestions)
        return super()._undo(suggestions)

    def _undo_by_transfer(self, suggestions):
        self._unmark(suggestions)
        return super()._undo_by_transfer(suggestions)

    def _unmark(self, suggestions):
        """The instalments wait again."""
        marked = self.env["ai.loan.line"].sudo().search([("bank_line_id", "in", suggestions.mapped("res_id"))])
        marked.bank_line_id = False

    def _close_items(self, suggestions):
        """Open items that the payment settles exactly are reconciled with it: on accounts that keep open items."""
        lines = {line.id: line for line in self._lines(suggestions)}
        wanted = [
            (suggestion, item)
            for suggestion in suggestions
            for item in lines[suggestion.res_id].move_id.line_ids
            if item.account_id.reconcile
            and not item.reconciled
            and item.account_id.id in {row["account_id"] for row in suggestion.proposal.get("lines") or []}
        ]
        found = self._open_items([item for _suggestion, item in wanted])
        plans = []
        taken = self.env["account.move.line"]
        for suggestion, item in wanted:
            closed = self._closed_by(item, found - taken)
            if closed and item.company_currency_id.is_zero(sum((closed + item).mapped("amount_residual"))):
                taken += closed + item
                plans.append(closed + item)
                self._note_closed(suggestion, closed)
        if plans:
            self.env["account.move.line"]._reconcile_plan(plans)

    def _note_closed(self, suggestion, items):
        """What undoing must find matched, and nobody else's later work is."""
        evidence = suggestion.evidence
        told = {**evidence["details"]["settling"]}
        told["closed"] = [*told.get("closed", []), *items.ids]
        # Nobody may write suggestions; what was booked is noted beside the decision that booked it.
        suggestion.sudo().evidence = {**evidence, "details": {**evidence["details"], "settling": told}}

    def _wanted(self, suggestion):
        return super()._wanted(suggestion) + self._browse(suggestion._settling().get("closed") or [])

    def _open_items(self, items):
        """What is open on the accounts of ``items``, of their partners where partners are kept apart; one query."""
        if not items:
            return self.env["account.move.line"]
        own = self.env["account.move.line"].union(*items)
        traded = own.filtered(lambda item: item.account_type in _TRADED)
        domain = Domain(
            [
                ("company_id", "in", own.company_id.ids),
                ("parent_state", "=", "posted"),
                ("reconciled", "=", False),
                ("date", "<=", max(own.mapped("date"))),
                ("id", "not in", own.ids),
            ]
        )
        domain &= Domain("account_id", "in", (own - traded).account_id.ids) | (
            Domain("account_id", "in", traded.account_id.ids)
            & Domain("partner_id", "in", [False, *traded.partner_id.ids])
        )
        # More open items than this are no balance that one payment settles.
        return self.env["account.move.line"].search(domain, order="date desc, id desc", limit=_OPEN)

    def _closed_by(self, item, found):
        """Of ``found``, what ``item`` settles to zero: the one of its amount, else all until its date."""
        alike = found.filtered(
            lambda other: (
                other.account_id == item.account_id
                and other.company_id == item.company_id
                and other.currency_id == item.currency_id
                and other.date <= item.date
                and (
                    item.account_type not in _TRADED or other.partner_id in (item.partner_id, other.partner_id.browse())
                )
            )
        )
        same = alike.filtered(
            lambda other: not item.company_currency_id.compare_amounts(other.amount_residual, -item.amount_residual)
        )
        return same[:1] or alike

    # === STALENESS === #

    def _stale(self, suggestions):
        """Also where what was to be settled does not stand there any more."""
        found = super()._stale(suggestions)
        settled = suggestions.filtered(lambda s: s.id not in found and s._settling().get("sure"))
        due = settled.filtered(lambda s: s._settling().get("claim") and s._settling()["topic"] not in RUNNING)
        claims = self.env["ai.counterpart.claim"].sudo().browse({s._settling()["claim"] for s in due}).exists()
        ledgers = self.env["ai.facts.counterpart"]._ledgers(claims)
        taken = {}
        for suggestion in due.sorted(lambda s: (s.date, s.id)):
            if suggestion._settling().get("claims"):
                continue
            why = self._not_there(suggestion, ledgers, taken)
            if why:
                found[suggestion.id] = why
        return found

    def _not_there(self, suggestion, ledgers, taken):
        key = suggestion._settling()["claim"]
        if key not in ledgers:
            return self.env._("What it settles was taken off its counterpart.")
        left = ledgers[key].at(suggestion.date) - taken.get(key, Decimal(0))
        worth = sum(
            Decimal(row["before"]) - Decimal(row["after"])
            for row in (suggestion.evidence.get("details") or {}).get("balances") or []
        )
        if left * worth <= 0 or abs(left) < abs(worth):
            return self.env._("The balance that it settles is %(balance)s by now.", balance=left)
        taken[key] = taken.get(key, Decimal(0)) + worth
        return None
