"""Per kind, the allow-list of what an agent gets for one task, and which records wait for it."""

from odoo import models

from ...engine.matching import identify, quotes_of
from ...engine.vocabulary import OPEN_STATES
from ..audit.readable import readable, readable_items

LINE_MODEL = "account.bank.statement.line"
#: Open items that a task lists at most, best first.
CANDIDATES = 100
GUESSES = 5
HISTORY = 5


class AiProposer(models.AbstractModel):
    _name = "ai.proposer"
    _inherit = "ai.proposer"

    def _agent_facts(self, record, masks):
        """What an agent may know to propose for ``record``; nothing that is not named here leaves the server.

        :param masks: ``engine.masking.Masks``
        :return: (JSON object, ids of the partners in it)
        """
        return {}, set()

    def _task_domain(self):
        """Domain of this kind's records that wait for somebody's proposal; None if it has none."""
        return None


class AiProposerBank(models.AbstractModel):
    _name = "ai.proposer.bank"
    _inherit = "ai.proposer.bank"

    def _task_domain(self):
        """Lines that no run has an answer for; what a person or another agent told is left in peace."""
        told = (
            self.env["ai.suggestion"]
            .sudo()
            ._search([("res_model", "=", LINE_MODEL), ("state", "in", OPEN_STATES), ("is_question", "=", False)])
        )
        return [
            ("is_reconciled", "=", False),
            ("move_id.state", "=", "posted"),
            ("id", "not in", told.subselect("res_id")),
            # A file that is still being read, or taken back, may yet lose its lines.
            "|",
            ("ai_import_id", "=", False),
            "&",
            ("ai_import_id.state", "=", "done"),
            ("ai_import_id.removing", "=", False),
        ]

    def _item_problem(self, record, item, row):
        """An agent learns of items what its facts say: an id that it tries must not tell a name or an amount."""
        problem = super()._item_problem(record, item, row)
        if problem and self.env["ai.agent"]._is_agent(self.env.user):
            return self.env._(
                "Item %(id)s can't be settled like this: it is not open, open by less, or not of that sign.", id=item.id
            )
        return problem

    def _line_facts(self, facts, line, masks):
        guesses = (facts.guesses or identify(facts.lines, facts.parties, facts.own_accounts))[line.key]
        return {
            "id": line.key,
            "date": str(line.date),
            "amount": str(line.amount),
            "currency": line.currency,
            "foreign_amount": str(line.foreign_amount) if line.foreign_amount is not None else None,
            "foreign_currency": line.foreign_currency,
            "journal_id": line.journal,
            "partner_id": line.partner,
            "payer": masks.payer(line.partner_name),
            "account": masks.iban(line.account_number),
            "text": masks.text(line.text),
            "code": masks.code(line.code),
            "guesses": [
                {"partner_id": guess.party, "score": round(guess.score, 3), "how": guess.how}
                for guess in sorted(guesses, key=lambda guess: -guess.score)[:GUESSES]
            ],
        }

    def _partner_names(self, partner_ids):
        partners = self.env["res.partner"].sudo().browse(sorted(partner_ids)).exists()
        return {partner.id: partner.name for partner in partners}

    def _name_guesses(self, told, names, masks):
        for guess in told["guesses"]:
            guess["partner"] = masks.name(guess["partner_id"], names.get(guess["partner_id"]))


class AiProposerBankMatch(models.AbstractModel):
    _name = "ai.proposer.bank_match"
    _inherit = "ai.proposer.bank_match"

    def _agent_facts(self, record, masks):
        facts = self.with_company(record.company_id)._collect(record)
        if not facts.lines:
            return {}, set()
        line = facts.lines[0]
        told = self._line_facts(facts, line, masks)
        quotes = quotes_of(facts, line.key)
        guessed = {guess["partner_id"] for guess in told["guesses"]}

        def rank(item):
            same = item.residual == line.amount and item.currency == line.currency
            return (item.key not in quotes, not same, item.partner not in guessed, item.due or item.date, item.key)

        shown = self._shown_items(facts.items)
        items = sorted((item for item in shown if item.key not in facts.held and not item.blocked), key=rank)
        names = self._partner_names({item.partner for item in items[:CANDIDATES] if item.partner} | guessed)
        self._name_guesses(told, names, masks)
        payload = {
            "line": told,
            "candidates": [self._candidate(item, quotes, names, masks) for item in items[:CANDIDATES]],
            "candidates_left_out": max(len(items) - CANDIDATES, 0),
        }
        return payload, set(names)

    def _shown_items(self, items):
        """All of the company for an agent, which gets them masked; a person gets those that they may read."""
        if self.env["ai.agent"]._is_agent(self.env.user):
            return items
        mine = self.env(su=False)["account.move.line"].browse([item.key for item in items])
        keys = set(readable_items(mine).ids)
        return [item for item in items if item.key in keys]

    def _candidate(self, item, quotes, names, masks):
        quote = quotes.get(item.key)
        return {
            "move_line_id": item.key,
            "kind": item.kind,
            "number": masks.token(item.label),
            "references": [token for token in map(masks.token, item.names) if token and token != item.label],
            "quoted": {"as": masks.token(quote[1]), "how": quote[0]} if quote else None,
            "partner_id": item.partner,
            "partner": masks.name(item.partner, names.get(item.partner)),
            "date": str(item.date),
            "due": str(item.due) if item.due else None,
            "open": str(item.residual),
            "total": str(item.total),
            "currency": item.currency,
            "discount": (
                {
                    "amount": str(item.discount.amount),
                    "until": str(item.discount.until),
                    "account_id": item.discount.account,
                }
                if item.discount
                else None
            ),
        }


class AiProposerBankCoding(models.AbstractModel):
    _name = "ai.proposer.bank_coding"
    _inherit = "ai.proposer.bank_coding"

    def _agent_facts(self, record, masks):
        facts = self.env["ai.proposer.bank_match"].with_company(record.company_id)._collect(record)
        if not facts.lines:
            return {}, set()
        line = facts.lines[0]
        told = self._line_facts(facts, line, masks)
        names = self._partner_names({guess["partner_id"] for guess in told["guesses"]})
        self._name_guesses(told, names, masks)
        payload = {
            "line": told,
            "open_items_of_that_amount": sum(item.residual == line.amount for item in facts.items),
            "accounts": self._accounts(record.company_id),
            "taxes": self._taxes(record.company_id),
            "history": self._history(record),
        }
        return payload, set(names)

    def _accounts(self, company):
        accounts = self.env["account.account"].with_company(company)
        domain = [
            *accounts._check_company_domain(company),
            ("active", "=", True),
            ("account_type", "not in", ("asset_cash", "liability_credit_card", "equity_unaffected", "off_balance")),
            (
                "id",
                "not in",
                self.env["account.journal"].search([("company_id", "=", company.id)]).suspense_account_id.ids,
            ),
        ]
        return [
            {"id": account.id, "code": account.code, "name": account.name, "type": account.account_type}
            for account in accounts.search(domain, order="id")
        ]

    def _taxes(self, company):
        taxes = self.env["account.tax"].with_company(company)
        found = taxes.search([*taxes._check_company_domain(company), ("type_tax_use", "in", ("sale", "purchase"))])
        return [
            {
                "id": tax.id,
                "name": tax.name,
                "amount": str(tax.amount),
                "type": tax.amount_type,
                "use": tax.type_tax_use,
            }
            for tax in found
        ]

    def _history(self, record):
        """The last codings of the same payer: accounts and amounts, no words."""
        same = [("account_number", "=", record.account_number)] if record.account_number else []
        same = same or ([("partner_id", "=", record.partner_id.id)] if record.partner_id else [])
        if not same:
            return []
        lines = self.env[LINE_MODEL].search(
            [*same, ("company_id", "=", record.company_id.id), ("is_reconciled", "=", True)],
            order="date desc, id desc",
            limit=HISTORY,
        )
        if not self.env["ai.agent"]._is_agent(self.env.user):
            lines = readable(lines.sudo(False)).sudo()
        return [
            {
                "date": str(line.date),
                "amount": str(line.amount),
                "accounts": [
                    {"account_id": item.account_id.id, "tax_ids": item.tax_ids.ids, "balance": str(item.balance)}
                    for item in line._seek_for_lines()[2]
                ],
            }
            for line in lines
        ]
