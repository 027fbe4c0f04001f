"""What currencies change in proposing and booking bank lines: doubt without a rate, transfers between currencies."""

from odoo import models

from ...engine.exchange import doubted, misvalued, needs, questioned
from ...engine.vocabulary import TRANSFER


class AiProposerBankMatch(models.AbstractModel):
    _name = "ai.proposer.bank_match"
    _inherit = "ai.proposer.bank_match"

    def _propose(self, facts):
        """A line that no rate values is asked about, whatever it is."""
        settings = facts.settings
        lacking = needs(facts.lines, facts.rates, settings.currency, settings.rate_max_age_days)
        answers = super()._propose(facts)
        odd = misvalued(facts) if facts.rates else {}
        if odd:
            answers = questioned(answers, odd)
        return doubted(answers, lacking) if lacking else answers


class AiProposerBankCoding(models.AbstractModel):
    _name = "ai.proposer.bank_coding"
    _inherit = "ai.proposer.bank_coding"

    def _propose(self, facts):
        answers = super()._propose(facts)
        lines = [line.case.key for line in facts.lines if line.case.currency != facts.settings.currency]
        return doubted(answers, self._rates_lacking(facts.settings.company, lines)) if lines else answers

    def _follow(self, facts, answers):
        own, found = super()._follow(facts, answers)
        settings = facts.settings
        lacking = needs(facts.lines, facts.rates, settings.currency, settings.rate_max_age_days)
        return own, doubted(found, lacking) if lacking else found

    def _rates_lacking(self, company_id, line_ids):
        company = self.env["res.company"].browse(company_id)
        lines = self.env["ai.facts.bank"]._lines(line_ids)
        days = {line.date for line in lines}
        known = self.env["ai.rate.book"]._known(company, {line.currency for line in lines}, days)
        return needs(lines, known, company.currency_id.name, company.ai_rate_max_age_days)


class AiProposerBank(models.AbstractModel):
    _name = "ai.proposer.bank"
    _inherit = "ai.proposer.bank"

    def _transfer_pairs(self, suggestions, lines):
        """Legs in two currencies close each other only when both are in one: the later one takes the earlier's."""
        self._align_legs(suggestions, lines)
        return super()._transfer_pairs(suggestions, lines)

    def _align_legs(self, suggestions, lines):
        entry, aligned = self.env["ai.bank.entry"], set()
        for suggestion in suggestions:
            line = lines[suggestion.res_id]
            for row in suggestion.proposal.get("write_off") or []:
                if row.get("reason") != TRANSFER or not row.get("pair_line_id"):
                    continue
                other = line.browse(row["pair_line_id"]).exists()
                here = self._open_on(line, row["account_id"])
                there = self._open_on(other, row["account_id"])
                is_two = len(here) == 1 and len(there) == 1 and here.currency_id != there.currency_id
                if is_two and not {line.id, other.id} & aligned:
                    aligned |= {line.id, other.id}
                    entry._align_leg(here, there)


class AiBankEntry(models.AbstractModel):
    _name = "ai.bank.entry"
    _inherit = "ai.bank.entry"

    def _align_leg(self, here, there):
        """Both sides of a transfer in one foreign currency, so that Odoo books the difference of their worth.

        The side in the company's currency takes the other's amount and keeps its balance.
        """
        company_currency = here.company_id.currency_id
        if here.currency_id == company_currency:
            here, there = there, here
        # ``here`` is foreign: what the other side is worth stays, its currency and amount become those of ``here``.
        quiet = there.with_context(skip_readonly_check=True, skip_invoice_sync=True)
        quiet.write(
            {
                "currency_id": here.currency_id.id,
                "amount_currency": -here.amount_currency,
                "balance": there.balance,
            }
        )
