"""Rules in words: what they ask for and what they book."""

from odoo import api, fields, models
from odoo.tools import formatLang


class AiRule(models.Model):
    _inherit = "ai.rule"

    condition_text = fields.Char(compute="_compute_texts", string="When")
    booking_text = fields.Char(compute="_compute_texts", string="Codes to")

    @api.depends(
        "tokens", "without", "payee", "partner_id", "sign", "least", "most", "currency_id", "journal_ids",
        "line_ids.account_id", "line_ids.share", "line_ids.fixed", "line_ids.tax_ids",
    )  # fmt: skip
    @api.depends_context("lang")
    def _compute_texts(self):
        for rule in self:
            rule.condition_text = ", ".join(rule._condition_words())
            rule.booking_text = " + ".join(rule.line_ids._words())

    def _condition_words(self):
        """What must hold, one text each."""
        found = [self._payee_text()] if self._payee_text() else []
        if self.without:
            found.append(self.env._("without “%(text)s”", text=self.without))
        found += self._amount_words()
        if self.journal_ids:
            found.append(self.env._("in %(journals)s", journals=", ".join(self.journal_ids.mapped("name"))))
        return found

    def _payee_text(self):
        """Who or what is paid, as people name it."""
        tokens = " ".join(self._token_words())
        # A name on a rule that the reader may see.
        texts = [f"“{tokens}”" if tokens else "", self.partner_id.sudo().name, (self.payee or "").partition(":")[2]]
        return " + ".join(text for text in texts if text)

    def _amount_words(self):
        words = {"in": [self.env._("receipts")], "out": [self.env._("payments")]}.get(self.sign, [])
        least, most = (
            formatLang(self.env, amount, currency_obj=self.currency_id) for amount in (self.least, self.most)
        )
        if self.least and self.least == self.most:
            words.append(self.env._("of %(amount)s", amount=least))
        elif self.least or self.most:
            words += [self.env._("from %(amount)s", amount=least)] if self.least else []
            words += [self.env._("up to %(amount)s", amount=most)] if self.most else []
        return words

    def _sentence(self):
        """The question that offers this rule."""
        words = {"what": self._payee_text(), "where": self.booking_text}
        if not self.line_ids:
            return self.env._("Always code %(what)s the same way?", **words)
        return self.env._("Always code %(what)s as %(where)s?", **words)


class AiRuleLine(models.Model):
    _inherit = "ai.rule.line"

    def _words(self):
        """One text a line: amount where several share, account, taxes."""
        texts = []
        for line in self:
            text = line.account_id.display_name or ""
            if line.tax_ids:
                text = f"{text}, {', '.join(line.tax_ids.mapped('name'))}"
            if line.fixed:
                text = f"{formatLang(self.env, line.fixed, currency_obj=line.currency_id)} {text}"
            elif len(self) > 1 or line.share < 100:
                text = f"{line.share:g} % {text}"
            texts.append(text)
        return texts
