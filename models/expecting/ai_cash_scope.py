"""Of what the weeks ahead are drawn: a company, one of its currencies, or one bank account."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...engine.expecting.outlook import Coming
from ...engine.expecting.replay import is_likely
from ...engine.expecting.values import Amounts
from .ai_expected_payment import PAUSED, UNSURE, WATCHED
from .expected_queries import ALL

ROLES = (
    "ai_bookkeeper.ai_bookkeeper_group_auditor,ai_bookkeeper.ai_bookkeeper_group_manager,"
    "ai_bookkeeper.ai_bookkeeper_group_reviewer"
)
BANKS = ("bank", "cash", "credit")
#: With bank lines older than this, the weeks begin after the last one instead of today.
_STALE_DAYS = 31


class Scope(NamedTuple):
    """``key``: ``company:1``, ``currency:1:USD`` or ``journal:7``. ``code``: the currency whose items count, None when
    all do, in the company's currency. ``items``: journals whose documents the user may read, None for all."""

    key: str
    label: str
    company: Any
    journals: Any
    currency: Any
    code: str | None
    items: list | None = None

    @property
    def is_journal(self):
        return self.key.startswith("journal:")


class AiCashView(models.AbstractModel):
    _name = "ai.cash.view"
    _description = "Cash View"

    @api.model
    def _check_reader(self):
        if not (self.env.su or self.env.user.has_groups(ROLES)):
            raise AccessError(self.env._("The cash view is for reviewers, managers and auditors."))

    @api.model
    def _scopes(self):
        """All that this user may choose from: only what they see every bank account of."""
        journals = self.env["account.journal"].search(
            [("type", "in", BANKS), ("company_id", "in", self.env.companies.ids)]
        )
        by_company = journals.grouped("company_id")
        return [
            scope
            for company in self.env.companies
            if company in by_company
            for scope in self._scopes_of(company, by_company[company])
        ]

    def _scopes_of(self, company, journals):
        # Whether one is closed to this user is asked of all there are.
        every = self.env["account.journal"].sudo().search([("type", "in", BANKS), ("company_id", "=", company.id)])
        hidden = every - journals.sudo()
        items = self._readable_journals(company)
        found = []
        if not hidden:
            label = self.env._("All accounts of %(company)s", company=company.name)
            found.append(Scope(f"company:{company.id}", label, company, journals, company.currency_id, None, items))
        by_currency = journals.grouped(lambda journal: journal.currency_id or company.currency_id)
        if len(by_currency) > 1:
            for currency, mates in by_currency.items():
                if currency in {journal.currency_id or company.currency_id for journal in hidden}:
                    continue
                label = self.env._("Accounts in %(currency)s", currency=currency.name)
                key = f"currency:{company.id}:{currency.name}"
                found.append(Scope(key, label, company, mates, currency, currency.name, items))
        for journal in journals:
            currency = journal.currency_id or company.currency_id
            key = f"journal:{journal.id}"
            found.append(Scope(key, journal.display_name, company, journal, currency, currency.name, items))
        return found

    def _readable_journals(self, company):
        """Journals whose documents this user may count; None when there is no other."""
        journals = self.env["account.journal"].with_context(active_test=False)
        domain = [("company_id", "=", company.id)]
        readable = journals.search(domain)
        return None if readable.ids == journals.sudo().search(domain).ids else readable.ids

    @api.model
    def _scope(self, key=None):
        """:raises UserError: when there is no bank account at all
        :raises AccessError: when there is no such scope, or it is closed to the user"""
        scopes = self._scopes()
        if not scopes:
            raise UserError(self.env._("There is no bank account that you may see. Make a bank journal first."))
        if not key:
            return scopes[0]
        found = [scope for scope in scopes if scope.key == key]
        if not found:
            raise AccessError(self.env._("There is no such account, or it is closed to you."))
        return found[0]

    # === FACTS OF A SCOPE === #

    @api.model
    def _movements(self, scope):
        """Movements of the scope, in its currency; transfers between own accounts move nothing but single accounts."""
        journals = set(scope.journals.ids)
        found = []
        for line in self.env["ai.facts.expected"].sudo()._lines(scope.company):
            if line.movement.journal not in journals or (line.is_transfer and not scope.is_journal):
                continue
            movement = line.movement
            if not scope.code:
                movement = replace(movement, amount=line.balance, currency=scope.currency.name)
            if movement.amount:
                found.append((movement, line.partner))
        return found

    @api.model
    def _claims(self, scope, which=ALL):
        """What documents and registered payments promise to this scope."""
        rows = self.env["ai.facts.expected"].sudo()._claims(scope.company, scope.code, scope.items, which)
        if not scope.is_journal:
            return [claim for _journal, _currency, claim in rows]
        homes, main = self._homes(scope)
        own = scope.journals.id
        return [
            claim
            for journal, _currency, claim in rows
            if (journal or homes.get((claim.partner, claim.amount > 0), main)) == own
        ]

    def _homes(self, scope):
        """({(partner, comes in): journal on which it moved last}, the busiest journal of the currency)"""
        company = scope.company
        homes, counts = {}, {}
        for line in self.env["ai.facts.expected"].sudo()._lines(company):
            if line.movement.currency == scope.code:
                counts[line.movement.journal] = counts.get(line.movement.journal, 0) + 1
                if line.partner:
                    homes[line.partner, line.movement.amount > 0] = line.movement.journal
        main = max(counts, key=lambda journal: (counts[journal], -journal), default=scope.journals.id)
        return homes, main

    @api.model
    def _coming(self, scope):
        """The expected payments of the scope, as the engine takes them."""
        records = (
            self.env["ai.expected.payment"]
            .sudo()
            .search([("journal_id", "in", scope.journals.ids), ("state", "in", (WATCHED, UNSURE, PAUSED))])
            .filtered(lambda expected: expected.state != UNSURE or is_likely(expected))
        )
        return [self._coming_of(expected, scope) for expected in records]

    def _coming_of(self, expected, scope):
        amounts = expected._amounts()
        if expected.currency_id != scope.currency:
            rate = expected.currency_id._get_conversion_rate(
                expected.currency_id, scope.currency, scope.company, fields.Date.context_today(self)
            )
            values = [value * Decimal(str(rate)) for value in (amounts.expected, amounts.low, amounts.high)]
            amounts = Amounts(amounts.pattern, *(value.quantize(Decimal("0.01")) for value in values))
        return Coming(
            expected.id,
            expected.partner_id.id or None,
            expected.direction,
            expected._rhythm(),
            amounts,
            expected.last_date or None,
            expected.end_date or None,
            (expected.paused_from, expected.paused_until or None) if expected.paused_from else None,
            expected.purpose,
        )

    @api.model
    def _opening(self, scope):
        """(balance by the bank in the scope's currency, the day up to which every account is known)"""
        total, days = 0.0, []
        today = fields.Date.context_today(self)
        # Balances are core's, anchored on statements: one look at the last line of each account.
        lines = self.env["account.bank.statement.line"].sudo()
        for journal in scope.journals:
            last = lines.search([("journal_id", "=", journal.id)], order="internal_index desc", limit=1)
            if last:
                currency = journal.sudo().currency_id or scope.company.currency_id
                total += currency._convert(last.running_balance, scope.currency, scope.company, today)
                days.append(last.date)
        return Decimal(str(scope.currency.round(total))), max(days, default=None)

    @api.model
    def _at(self, known: date | None):
        """The day of the forecast: today, or the day after the last bank line where nothing newer is known."""
        today = fields.Date.context_today(self)
        if known and (today - known).days > _STALE_DAYS:
            return known + timedelta(days=1)
        return today
