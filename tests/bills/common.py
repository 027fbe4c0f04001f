"""Bills as they come from a document: a draft with its reading, proposed and decided by restricted users."""

from odoo import Command

from ..common import BankCase

SOURCES = {"confidence": 0.995, "source": "text", "text": "", "box": None}


def reading(kind="bill", items=(), taxes=(), is_gross=False, **fields):
    """A ``Reading`` as JSON; fields by name, amounts as text."""
    return {
        "version": 1,
        "kind": kind,
        "fields": {name: {"value": str(value), **SOURCES} for name, value in fields.items()},
        "items": [
            {"text": "", "code": "", "box": None, "total": None, "quantity": None, "unit_price": None}
            | {"tax_rate": None, "discount": None}
            | {name: value if name in ("text", "code") else str(value) for name, value in item.items()}
            for item in items
        ],
        "taxes": [{"code": "", "base": None, "tax": None, **part} for part in taxes],
        "problems": [],
        "reasons": [],
        "language": "en",
        "is_gross": is_gross,
    }


class BillCase(BankCase):
    """A company with purchase taxes of several rates, and vendors that it knows."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.purchases = cls.company_data["default_journal_purchase"]
        cls.vendor = cls.make_partner("Lakeside Office Supplies", vat=False, country_id=cls.company.country_id.id)
        cls.tax20 = cls.make_tax("20%", 20)
        cls.tax10 = cls.make_tax("10%", 10)
        cls.office = cls.make_account("Office Supplies", "expense")
        cls.rent = cls.make_account("Rent", "expense")
        cls.company.account_purchase_tax_id = cls.tax20

    @classmethod
    def make_tax(cls, name, amount, **values):
        account = cls.company_data["default_account_tax_purchase"]
        lines = [{"repartition_type": "base"}, {"repartition_type": "tax", "account_id": account.id}]
        repartition = [Command.clear(), *(Command.create(line) for line in lines)]
        values.setdefault("invoice_repartition_line_ids", repartition)
        values.setdefault("refund_repartition_line_ids", repartition)
        return cls.env["account.tax"].create(
            {
                "name": f"Purchase {name}",
                "type_tax_use": "purchase",
                "amount": amount,
                "amount_type": "percent",
                "price_include_override": "tax_excluded",
                **values,
            }
        )

    @classmethod
    def arrived(cls, told, move_type="in_invoice", journal=None, **values):
        """The empty draft that core makes, and its document as it was read."""
        move = cls.env["account.move"].create(
            {"move_type": move_type, "journal_id": (journal or cls.purchases).id, **values}
        )
        cls.env["ai.document"].sudo().create(
            {
                "name": "bill.pdf",
                "state": "read",
                "company_id": move.company_id.id,
                "journal_id": move.journal_id.id,
                "move_id": move.id,
                "kind": told["kind"],
                "reading": told,
            }
        )
        return move

    @classmethod
    def plain(cls, **values):
        """100.00 and 20 %."""
        told = {
            "vendor": cls.vendor.name,
            "number": "2026-17",
            "date": "2026-03-05",
            "due_date": "2026-04-04",
            "net": "100.00",
            "tax": "20.00",
            "total": "120.00",
            "currency": cls.company.currency_id.name,
            **values,
        }
        taxes = told.pop("taxes", [{"rate": "20", "base": told.get("net"), "tax": told.get("tax")}])
        items = told.pop("items", [{"text": "Paper", "total": told.get("net")}])
        kind, is_gross = told.pop("kind", "bill"), told.pop("is_gross", False)
        told = {name: value for name, value in told.items() if value is not None}
        return reading(kind, items, taxes, is_gross, **told)

    def proposed(self, moves):
        """What stands for ``moves`` after a run asked for by the reviewer."""
        return self.suggestions.browse(self.suggestions.propose("account.move", moves.ids))

    def accepted(self, move):
        suggestion = self.proposed(move)
        self.assertEqual(len(suggestion), 1)
        self.assertIs(suggestion.action_accept(), True)
        self.assertEqual(suggestion.state, "applied", suggestion.error)
        return suggestion

    def assertBill(self, move, rows, total):
        """All items of a bill: (account, balance) of each but what is owed, which is ``total``."""
        owed = move.line_ids.filtered(lambda item: item.display_type == "payment_term")
        found = sorted((item.account_id.id, f"{item.balance:.2f}") for item in move.line_ids - owed)
        self.assertEqual(found, sorted((account.id, f"{balance:.2f}") for account, balance in rows))
        self.assertEqual(f"{sum(owed.mapped('balance')):.2f}", f"{-total:.2f}")

    def tax_account(self, tax):
        lines = tax.invoice_repartition_line_ids.filtered(lambda line: line.repartition_type == "tax")
        return lines.account_id

    @classmethod
    def command_set(cls, records):
        return [Command.set(records.ids)]
