"""Who holds a payment card, or pays from a journal: the person to be asked for receipts."""

import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError

#: A card's last digits as statements print them: masked, or after a word for card.
_PRINTED = re.compile(
    r"(?:[*xX#.]{2,}[\s-]?|\b(?:CARD|CARTE|KARTE|KAART|TARJETA|CARTA)\b[^\d]{0,6})(\d{4})(?!\d)", re.I
)


class AiPaymentCard(models.Model):
    """Its digits tell whose payment it was; without digits it is everything that its journal pays."""

    _name = "ai.payment.card"
    _inherit = "ai.journal.mixin"
    _description = "Payment Card"
    _order = "company_id, journal_id, digits"
    _rec_name = "holder_id"
    _check_company_auto = True

    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    journal_id = fields.Many2one(
        "account.journal", check_company=True, domain=[("type", "in", ("bank", "cash", "credit"))]
    )
    digits = fields.Char(string="Last Four Digits", size=4)
    holder_id = fields.Many2one("res.partner", required=True, string="Card Holder", ondelete="restrict")
    active = fields.Boolean(default=True)

    _digits_uniq = models.UniqueIndex(
        "(company_id, COALESCE(journal_id, 0), COALESCE(digits, '')) WHERE active",
        "This card has a holder already.",
    )

    # The holder is always written: Odoo checks nothing where both others are left out.
    @api.constrains("digits", "journal_id", "holder_id")
    def _check_digits(self):
        for card in self:
            if card.digits and not (len(card.digits) == 4 and card.digits.isascii() and card.digits.isdigit()):
                raise ValidationError(self.env._("Only the last four digits of a card are kept."))
            if not card.digits and not card.journal_id:
                raise ValidationError(self.env._("Name the journal, the card's last four digits, or both."))

    @api.constrains("holder_id", "company_id")
    def _check_holder_company(self):
        for card in self.sudo():
            if card.holder_id.company_id and card.holder_id.company_id not in card.company_id.parent_ids:
                raise ValidationError(self.env._("The card holder belongs to another company."))

    @api.model
    def _holders(self, company, rows):
        """{line id: partner id of who paid}, in one query; lines of unknown cards are left out.

        :param rows: (line id, journal id, bank text)
        """
        cards = self.sudo().search([("company_id", "=", company.id)])
        known = {(card.journal_id.id, card.digits or ""): card.holder_id.id for card in cards}
        found = {}
        for line_id, journal_id, text in rows:
            digits = _PRINTED.findall(text or "") if known else []
            keys = [(journal, number) for number in digits for journal in (journal_id, False)]
            holder = next((known[key] for key in [*keys, (journal_id, "")] if key in known), None)
            if holder:
                found[line_id] = holder
        return found
