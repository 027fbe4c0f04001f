"""Small books for the screens: documents and bank lines, one of each thing that a card can show."""

from odoo import Command

AZURE_IBAN = "NL91ABNA0417164300"
DECO_IBAN = "FR1420041010050500013M02606"
GEMINI_IBAN = "DE89370400440532013000"
PAPER_IBAN = "GB29NWBK60161331926819"


class Books:
    """Made by the system; the tours then work in them as people with one role."""

    def __init__(self, env):
        self.env = env
        self.company = env.company
        self.bank = env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "=", self.company.id)], limit=1
        )
        self.income = self._accounts("income")[0]
        self.expense, self.fees = self._accounts("expense")[:2]

    def _accounts(self, account_type):
        return self.env["account.account"].search(
            [("company_ids", "in", self.company.ids), ("account_type", "=", account_type)], limit=2
        )

    def _partner(self, name, iban):
        partner = self.env["res.partner"].create({"name": name, "is_company": True})
        self.env["res.partner.bank"].create({"partner_id": partner.id, "acc_number": iban})
        return partner

    def _document(self, move_type, partner, date, net, reference):
        """A posted invoice or bill over ``net`` plus the company's default tax."""
        is_sale = move_type == "out_invoice"
        taxes = self.company.account_sale_tax_id if is_sale else self.company.account_purchase_tax_id
        line = {
            "name": "Services",
            "price_unit": net,
            "account_id": (self.income if is_sale else self.expense).id,
            "tax_ids": [Command.set(taxes.ids)],
        }
        move = self.env["account.move"].create(
            {
                "move_type": move_type,
                "partner_id": partner.id,
                "date": date,
                "invoice_date": date,
                "invoice_date_due": date,
                "ref": reference,
                "payment_reference": reference,
                "invoice_line_ids": [Command.create(line)],
            }
        )
        move.action_post()
        return move

    def add_documents(self):
        """Six open invoices and a bill, by what their bank line will be."""
        azure = self._partner("Azure Interior BV", AZURE_IBAN)
        deco = self._partner("Deco Addict SARL", DECO_IBAN)
        gemini = self._partner("Gemini Furniture GmbH", GEMINI_IBAN)
        paper = self._partner("Paperworks Ltd", PAPER_IBAN)
        self.company.ai_fee_account_id = self.fees
        rows = {
            "sure": ("out_invoice", azure, "2026-03-02", 1000.0, "AZ-1001"),
            "partial": ("out_invoice", azure, "2026-03-09", 420.0, "AZ-1002"),
            "question": ("out_invoice", deco, "2026-03-03", 640.0, "DE-2001"),
            "question_2": ("out_invoice", deco, "2026-03-05", 640.0, "DE-2002"),
            "lump": ("out_invoice", gemini, "2026-03-04", 310.0, "GE-3001"),
            "lump_2": ("out_invoice", gemini, "2026-03-11", 95.5, "GE-3002"),
            "short": ("out_invoice", gemini, "2026-03-12", 1234.0, "GE-3003"),
            "bill": ("in_invoice", paper, "2026-03-06", 230.0, "PW-20931"),
        }
        self.documents = {name: self._document(*row) for name, row in rows.items()}
        return self.documents

    def statement(self):
        """What the bank tells about these documents: rows of date, text, amount, name and IBAN."""
        total = {name: move.amount_total for name, move in self.documents.items()}
        return [
            ("2026-03-16", "SEPA CREDIT AZ-1001 thank you", total["sure"], "AZURE INTERIOR BV", AZURE_IBAN),
            ("2026-03-17", "Virement Deco Addict facture mars", total["question"], "DECO ADDICT", DECO_IBAN),
            ("2026-03-18", "GE-3001 and GE-3002", total["lump"] + total["lump_2"], "Gemini Furniture", GEMINI_IBAN),
            ("2026-03-18", "GE-3003 less charges", total["short"] - 7.5, "Gemini Furniture", GEMINI_IBAN),
            ("2026-03-19", "Part payment AZ-1002", 200.0, "Azure Interior", AZURE_IBAN),
            ("2026-03-19", "PAPERWORKS LTD PW-20931", -total["bill"], "Paperworks", PAPER_IBAN),
            ("2026-03-20", "POS 4412 SHELL STATION 0231", -61.37, "", ""),
        ]

    def statement_file(self):
        """The statement as the CSV that the import tour drops."""
        rows = [("Date", "Description", "Amount", "Counterparty", "IBAN"), *self.statement()]
        return "".join(",".join(str(cell) for cell in row) + "\n" for row in rows)

    def add_lines(self):
        """The statement as bank lines, with what is believed of them."""
        lines = self.env["account.bank.statement.line"].create(
            [
                {
                    "journal_id": self.bank.id,
                    "date": date,
                    "payment_ref": text,
                    "amount": amount,
                    "partner_name": name,
                    "account_number": iban,
                }
                for date, text, amount, name, iban in self.statement()
            ]
        )
        self.env["ai.suggestion"].propose(lines._name, lines.ids)
        return lines

    def trial_balance(self):
        """{account id: balance of posted items}, in cents."""
        groups = self.env["account.move.line"]._read_group(
            [("parent_state", "=", "posted"), ("company_id", "=", self.company.id)], ["account_id"], ["balance:sum"]
        )
        return {account.id: round(balance * 100) for account, balance in groups if round(balance * 100)}

    def open_documents(self):
        """{document: (what is open, payment state)}"""
        documents = self.env["account.move"].browse([move.id for move in self.documents.values()])
        documents.invalidate_recordset()
        return {move.ref: (move.amount_residual, move.payment_state) for move in documents}
