"""Base of the tests of payouts: a provider with its accounts, a restricted reviewer and manager, files as text."""

import base64

from odoo import Command

from ..common import BankCase, cents


class PayoutCase(BankCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls.make_user("payout_manager", "manager")
        cls.clearing = cls.make_account("Cardpay clearing", "asset_current", reconcile=True)
        cls.reserve = cls.make_account("Cardpay reserve", "asset_current", reconcile=True)
        cls.fees = cls.make_account("Card fees", "expense")
        cls.input_tax = cls.make_account("Input VAT", "asset_current")
        cls.tags = cls.env["account.account.tag"].create(
            [
                {"name": name, "applicability": "taxes", "country_id": cls.company.account_fiscal_country_id.id}
                for name in ("fee base", "fee tax")
            ]
        )
        cls.fee_tax = cls.make_tax("Fee VAT 20", 20)
        cls.provider = (
            cls.env["ai.payment.provider"]
            .with_user(cls.manager)
            .create(
                {
                    "name": "Cardpay",
                    "clearing_account_id": cls.clearing.id,
                    "reserve_account_id": cls.reserve.id,
                    "fee_account_id": cls.fees.id,
                    "fee_tax_ids": [Command.set(cls.fee_tax.ids)],
                    "names": "CARDPAY EUROPE",
                }
            )
        )

    @classmethod
    def make_tax(cls, name, percent, factors=(100,)):
        """A purchase tax with tags; two factors (100, -100) make a reverse charge."""
        lines = [
            Command.create({"repartition_type": "base", "tag_ids": [Command.set(cls.tags[0].ids)]}),
            *(
                Command.create(
                    {
                        "repartition_type": "tax",
                        "factor_percent": factor,
                        "account_id": cls.input_tax.id,
                        "tag_ids": [Command.set(cls.tags[1].ids)] if factor > 0 else [],
                    }
                )
                for factor in factors
            ),
        ]
        return cls.env["account.tax"].create(
            {
                "name": name,
                "amount": percent,
                "type_tax_use": "purchase",
                "company_id": cls.company.id,
                "invoice_repartition_line_ids": lines,
                "refund_repartition_line_ids": lines,
            }
        )

    def tagged_sums(self):
        """{tag name: sum of balances} of posted items."""
        self.env.flush_all()
        items = self.env["account.move.line"].search(
            [("tax_tag_ids", "in", self.tags.ids), ("parent_state", "=", "posted")]
        )
        return {
            tag.name: cents(sum(items.filtered(lambda item, tag=tag: tag in item.tax_tag_ids).mapped("balance")))
            for tag in self.tags
        }

    def take(self, text, filename="settlement.csv", user=None, mapping=None, provider=None):
        content = base64.b64encode(text.encode() if isinstance(text, str) else text).decode()
        payouts = self.env["ai.payout"].with_user(user or self.reviewer)
        return payouts.browse(payouts.take_file((provider or self.provider).id, filename, content, mapping))

    def rows(self, *rows, head="Type,Date,Reference,Customer,Gross,Fee,Tax,Net,Payout"):
        """A settlement file of rows (type, reference, customer, gross, fee, tax); fees with their tax inside."""
        lines = [head]
        for number, (kind, reference, customer, gross, fee, tax) in enumerate(rows):
            net = f"{float(gross) - float(fee):.2f}"
            lines.append(f"{kind},2026-03-{2 + number % 5:02},{reference},{customer},{gross},{fee},{tax},{net},po_1")
        return "\n".join(lines) + "\n"

    def balances(self, *accounts):
        """{account: balance} of posted items, as text."""
        self.env.flush_all()
        found = {}
        for account in accounts:
            items = self.env["account.move.line"].search(
                [("account_id", "=", account.id), ("parent_state", "=", "posted"), ("company_id", "=", self.company.id)]
            )
            found[account] = cents(sum(items.mapped("balance")))
        return found

    def assertBalances(self, expected):
        found = self.balances(*expected)
        self.assertEqual(
            {account.name: amount for account, amount in found.items()},
            {account.name: cents(amount) for account, amount in expected.items()},
        )
