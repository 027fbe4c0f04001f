"""Books in which tax is due when money is received, with the tax report to the cent."""

from odoo import Command

from ..common import BankCase, cents


class AdvanceCase(BankCase):
    """``vat`` is 20 % on sales with a base and a tax tag of its own, other ones for credit notes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clearing = cls.make_account("Tax on advances", "asset_current")
        cls.vat_account = cls.make_account("VAT due", "liability_current")
        cls.vat = cls.make_tax("VAT 20 %", 20)
        cls.company.write(
            {
                "ai_advance_account_id": cls.clearing.id,
                "ai_advance_tax_id": cls.vat.id,
                "ai_advance_vat": True,
                "ai_advance_from": "2026-01-01",
            }
        )

    @classmethod
    def make_tax(cls, name, amount, **values):
        country = cls.company.account_fiscal_country_id

        def repartition(label):
            tags = cls.env["account.account.tag"].create(
                [
                    {"name": f"{name} {label}{part}", "applicability": "taxes", "country_id": country.id}
                    for part in ("base", "tax")
                ]
            )
            return [
                Command.create({"repartition_type": "base", "tag_ids": tags[0].ids}),
                Command.create({"repartition_type": "tax", "tag_ids": tags[1].ids, "account_id": cls.vat_account.id}),
            ]

        return cls.env["account.tax"].create(
            {
                "name": name,
                "amount": amount,
                "type_tax_use": "sale",
                "price_include_override": "tax_excluded",
                "country_id": country.id,
                "invoice_repartition_line_ids": repartition(""),
                "refund_repartition_line_ids": repartition("refund "),
                **values,
            }
        )

    # === MONEY === #

    def received(self, amount, text="Deposit for the kitchen", date="2026-02-10", partner=None):
        """Money in on account of ``partner``, booked from a suggestion by the reviewer."""
        line = self.line(text, amount, date=date, partner_id=(partner or self.northwind).id)
        account = self.receivable if amount > 0 else self.payable
        suggestion = self.by_hand(
            line,
            write_off=[{"account_id": account.id, "amount": str(amount), "reason": "on_account"}],
            partner=partner or self.northwind,
        )
        if suggestion.state == "pending":
            suggestion.action_accept()
        self.assertEqual(suggestion.state, "applied", suggestion.error)
        self.settle()
        return line, suggestion

    def settle(self):
        """What happens at the end of a transaction."""
        self.env.cr.flush()

    def money(self, line):
        return line.move_id.line_ids.filtered(lambda item: item.account_id in self.receivable + self.payable)

    def suggested(self, move, state="pending"):
        self.settle()
        return self.suggestions.search(
            [
                ("kind", "=", "advance"),
                ("res_model", "=", "account.move"),
                ("res_id", "=", move.id),
                ("state", "=", state),
            ]
        )

    def accept(self, suggestion):
        self.assertEqual(len(suggestion), 1)
        self.assertFalse(suggestion.is_question, suggestion.evidence["reasons"])
        self.assertIs(suggestion.action_accept(), True)
        self.assertEqual(suggestion.state, "applied", suggestion.error)
        self.settle()
        return suggestion

    # === COMPARING === #

    def report(self, until="2026-12-31", since="2026-01-01"):
        """{tag: amount} of the tax report, sales positive; nothing is left out but zeros."""
        self.env.flush_all()
        items = self.env["account.move.line"].search(
            [
                ("tax_tag_ids", "!=", False),
                ("company_id", "=", self.company.id),
                ("parent_state", "=", "posted"),
                ("date", "<=", until),
                ("date", ">=", since),
            ]
        )
        sums = {}
        for item in items:
            for tag in item.tax_tag_ids:
                sums[tag.name] = sums.get(tag.name, 0.0) - item.balance
        return {name: cents(amount) for name, amount in sums.items() if cents(amount) not in ("0.00", "-0.00")}

    def balance(self, account):
        self.env.flush_all()
        items = self.env["account.move.line"].search(
            [("account_id", "=", account.id), ("parent_state", "=", "posted"), ("company_id", "=", self.company.id)]
        )
        return cents(sum(items.mapped("balance")))

    def assertReport(self, base, tax, **period):
        wanted = {name: amount for name, amount in (("VAT 20 % base", base), ("VAT 20 % tax", tax)) if amount != "0.00"}
        self.assertEqual(self.report(**period), wanted)
