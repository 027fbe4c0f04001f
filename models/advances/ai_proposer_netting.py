"""What a partner owes against what is owed to it, if it agreed: one entry that settles both to the smaller sum."""

from decimal import ROUND_HALF_UP, Decimal

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import format_date, formatLang

from ...engine.advances import netted


class AiProposerNetting(models.AbstractModel):
    """Always a question: no policy accepts it. The target is the agreement, ``ai.netting``."""

    _name = "ai.proposer.netting"
    _inherit = "ai.proposer.entry"
    _description = "Netting of Receivables and Payables"

    _kind = "netting"

    def _suggest_netting(self, netting, user):
        """The open question about ``netting``.

        :raise UserError: when there is nothing to settle, or the day is locked
        """
        owed, owing = netting._sides()
        found = netted(owed, owing)
        if not found:
            raise UserError(
                self.env._("Choose open items on both sides: something owed to us and something that we owe.")
            )
        company = netting.company_id
        journal = self.env["ai.bank.return.entry"]._journal(company)
        if company._get_violated_lock_dates(netting.date, False, journal):
            raise UserError(
                self.env._("%(date)s is locked: choose a later day.", date=format_date(self.env, netting.date))
            )
        # Both sides in one order: what is owed to us is credited, what we owe is debited.
        rows = [self._netting_row(netting, key, share) for key, share in (*found.owed, *found.owing)]
        amount = self._told(company, found.amount)
        reasons = self._netting_reasons(netting, owed, owing, found)
        title = ("netting_amount", {"amount": amount})
        choice = self._alternative(rows, "netting", reasons[1:], netting.partner_id.commercial_partner_id.id, title)
        return self._suggest(
            netting,
            [],
            case="netting",
            partner_id=netting.partner_id.commercial_partner_id.id,
            amount=float(found.amount),
            date=netting.date,
            label=netting.name,
            journal_id=journal.id,
            origin="user",
            proposed_by_id=user.id,
            evidence={"alternatives": [choice], "reasons": reasons[:1]},
        )

    def _netting_reasons(self, netting, owed, owing, found):
        """The agreement first, then what follows from it."""
        company = netting.company_id
        sums = {"owed": owed, "owing": owing}
        words = {
            key: self._told(company, sum((side.open for side in sides), Decimal(0))) for key, sides in sums.items()
        }
        reasons = [
            ("netting_agreed", {"text": f"{format_date(self.env, netting.agreed_on)}: {netting.agreement}"[:300]}),
            ("netting_sums", {**words, "amount": self._told(company, found.amount)}),
        ]
        if netting.item_ids.currency_id - company.currency_id:
            reasons.append(("netting_rate", {"date": format_date(self.env, netting.date)}))
        return reasons

    def _told(self, company, amount):
        return formatLang(self.env, float(amount), currency_obj=company.currency_id)

    def _netting_row(self, netting, item_id, share):
        """``share`` of an item, in the company's currency and positive on its own side."""
        item = self.env["account.move.line"].browse(item_id)
        sign = -1 if item.account_id.account_type == "asset_receivable" else 1
        row = {
            "account_id": item.account_id.id,
            "partner_id": item.partner_id.id,
            "amount": str(sign * share),
            "move_line_id": item.id,
            "label": self.env._("Netting: %(name)s", name=item.move_id.name),
        }
        if item.currency_id != netting.company_id.currency_id:
            row["currency_id"] = item.currency_id.id
            row["amount_currency"] = str(self._foreign(netting, item, share))
        return row

    def _foreign(self, netting, item, share):
        """The share in the item's currency; all of it where all is settled, to the cent."""
        left = -Decimal(str(item.amount_residual_currency))
        worth = abs(netting._worth(item))
        if abs(share) == worth or not worth:
            return left
        unit = Decimal(1).scaleb(-item.currency_id.decimal_places)
        return (left * abs(share) / worth).quantize(unit, ROUND_HALF_UP)

    def _anew(self, suggestions):
        """What was overtaken by a payment is asked anew about what is left; what was undone is not."""
        for suggestion in suggestions.filtered(lambda one: one.state == "superseded"):
            netting = self.env["ai.netting"].browse(suggestion.res_id).exists()
            owed, owing = netting._sides() if netting else ([], [])
            if netted(owed, owing):
                self._suggest_netting(netting, suggestion.proposed_by_id)
