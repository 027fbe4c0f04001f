"""The card of a settlement: what is owed, what the payment leaves, and the sister's own books."""

from datetime import timedelta

from odoo import api, models

from .ai_counterpart import KINDS
from .ai_counterpart_claim import TOPICS

LINE_MODEL = "account.bank.statement.line"
#: The sister's bank shows the same money within these days.
_NEAR = timedelta(days=7)


class AiSuggestion(models.Model):
    _name = "ai.suggestion"
    _inherit = "ai.suggestion"

    _settled_idx = models.Index("(company_id) WHERE kind = 'bank_coding' AND \"case\" IN ('settles', 'split')")

    def _settling(self):
        """What ``engine.coding`` said of the counterpart; empty for other suggestions."""
        return ((self.evidence or {}).get("details") or {}).get("settling") or {}

    @api.depends("res_model", "res_id")
    def _compute_card(self):
        result = super()._compute_card()
        settled = self.filtered(lambda suggestion: suggestion.res_model == LINE_MODEL and suggestion._settling())
        facts = settled._settling_facts() if settled else {}
        for suggestion in settled:
            card = {**suggestion.card, "settling": facts[suggestion.id]}
            if card.get("coding"):
                # Neither VAT nor a document belongs to what settles a balance.
                card["coding"] = {**card["coding"], "is_settlement": True}
            suggestion.card = card
        return result

    def _settling_facts(self):
        """{suggestion id: ``{counterpart: {id, name}, kind, topic, period, due, difference, loan, there}``}.

        ``there``: of a sister company only, see ``_sister_books``.
        """
        told = {suggestion.id: suggestion._settling() for suggestion in self}
        # Names on a card that the reader may see.
        people = self.env["ai.counterpart"].sudo().browse({each["counterpart"] for each in told.values()}).exists()
        loans = self.env["ai.loan"].sudo().browse({each["loan"] for each in told.values() if each.get("loan")}).exists()
        there = self._sister_books({each.id: each for each in people})
        names = {person.id: person for person in people}
        return {
            suggestion.id: {
                **suggestion._settling_row(told[suggestion.id], names, {loan.id: loan.name for loan in loans}),
                "there": there.get(suggestion.id),
            }
            for suggestion in self
        }

    def _settling_row(self, told, names, loans):
        person = names.get(told["counterpart"])
        kinds = dict(self.env["ai.counterpart"]._fields["kind"]._description_selection(self.env))
        topics = dict(self.env["ai.counterpart.claim"]._fields["topic"]._description_selection(self.env))
        return {
            "counterpart": {"id": person.id, "name": person.name} if person else None,
            "kind": kinds.get(told["kind"], KINDS.get(told["kind"], "")),
            "topic": topics.get(told["topic"], TOPICS.get(told["topic"], "")),
            "period": told.get("period"),
            "due": float(told.get("due") or 0),
            "difference": float(told.get("difference") or 0),
            "currency_id": self.company_id.currency_id.id,
            "loan": loans.get(told.get("loan")),
        }

    def _sister_books(self, people):
        """{suggestion id: {company, line, moved, balance, mirror}} of what sisters' own books show of the same money.

        Read with the reader's own rights in all companies that are theirs: a company where the user has none shows
        nothing, and nothing is proposed there.
        """
        found = {}
        mine = self.env.user.company_ids
        for suggestion in self:
            person = people.get(suggestion._settling()["counterpart"])
            sister = person and person.sister_company_id
            if not sister:
                continue
            if sister not in mine:
                found[suggestion.id] = {"company": None}
                continue
            found[suggestion.id] = suggestion._shown_there(person, sister)
        return found

    def _shown_there(self, person, sister):
        there = self.with_context(allowed_company_ids=self.env.user.company_ids.ids).env[LINE_MODEL]
        if not there.has_access("read"):
            return {"company": None}
        lines = there.search(
            [
                ("company_id", "=", sister.id),
                ("currency_id", "=", self.currency_id.id),
                ("amount", "=", -self.amount),
                ("date", ">=", self.date - _NEAR),
                ("date", "<=", self.date + _NEAR),
            ],
            order="date, id",
            limit=2,
        )
        line = lines if len(lines) == 1 else lines.browse()
        return {
            "company": sister.name,
            "count": len(lines),
            "line": {
                "id": line.id,
                "date": str(line.date),
                "text": line.payment_ref or "",
                "booked": line.is_reconciled,
            }
            if line
            else None,
            "balance": self._mirror_balance(person, sister),
        }

    def _mirror_balance(self, person, sister):
        """What the sister's books say of this company on the account that she keeps for it; None where nobody said."""
        mirror = (
            self.env["ai.counterpart"]
            .sudo()
            .search(
                [
                    ("company_id", "=", sister.id),
                    ("sister_company_id", "=", person.company_id.id),
                    ("kind", "=", "sister"),
                ],
                limit=1,
            )
        )
        return sum(mirror.claim_ids.mapped("balance")) if mirror else None
