"""Purchases coded straight from the bank, with and without tax and document."""

import base64

from ..common import LINE, BankCase

PDF = b"%PDF-1.4\n%%EOF"


class ReceiptCase(BankCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.ai_receipts_from = "2026-01-01"
        cls.tax = cls.company_data["default_tax_purchase"]
        cls.manager = cls.make_user("manager", "manager")
        cls.auditor = cls.make_user("auditor", "auditor")
        cls.clara = cls.env["res.partner"].create({"name": "Clara Holder", "email": "clara@holder.example"})

    def bought(self, text="CARD *4711 SHELL", amount=-115.0, taxed=True, account=None, date="2026-03-10", **values):
        """A payment out that the reviewer coded to ``account``."""
        line = self.line(text, amount, date=date, **values)
        row = {"account_id": (account or self.expense).id, "amount": str(amount)}
        if taxed:
            row["tax_ids"] = self.tax.ids
        self.by_hand(line, write_off=[row])
        return line

    def receipt_of(self, line, user=None):
        return self.env["ai.receipt"].with_user(user or self.reviewer).search([("res_id", "=", line.id)])

    def undone(self, line):
        line.with_user(self.reviewer).ai_suggestion_id.action_undo()

    def attach(self, line, name="receipt.pdf"):
        return self.env["ir.attachment"].create(
            {
                "name": name,
                "datas": base64.b64encode(PDF),
                "res_model": "account.move",
                "res_id": line.move_id.id,
            }
        )

    def card(self, **values):
        return self.env["ai.payment.card"].with_user(self.manager).create({"holder_id": self.clara.id, **values})

    def closed_to_reviewer(self):
        """A journal that the reviewer may not see, and a line in it."""
        journal = self.make_journal("HID")
        self.env["ir.rule"].create(
            {
                "name": "hidden",
                "model_id": self.env["ir.model"]._get("account.journal").id,
                "domain_force": f"[('id', '!=', {journal.id})] if user.id == {self.reviewer.id} else [(1, '=', 1)]",
            }
        )
        return journal

    @property
    def lines(self):
        return self.env[LINE].with_user(self.reviewer)
