"""Small books for the screens: invoices, bills and bank lines, one of each thing that a card can show."""

from odoo import Command


class Books:
    """Made by an accountant; the tours then work in them as a reviewer."""

    def __init__(self, env):
        self.env = env
        self.company = env.company
        self.bank = env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "=", self.company.id)], limit=1
        )
        self.income = self._account("income")
        self.expense = self._account("expense")
        self.sale_tax = self.company.account_sale_tax_id
        self.purchase_tax = self.company.account_purchase_tax_id

    def _account(self, account_type):
        return self.env["account.account"].search(
            [("company_ids", "in", self.company.ids), ("account_type", "=", account_type)], limit=1
        )

    def partner(self, name, iban=None):
        partner = self.env["res.partner"].create({"name": name, "is_company": True})
        if iban:
            self.env["res.partner.bank"].create({"partner_id": partner.id, "acc_number": iban})
        return partner

    def document(self, move_type, partner, date, net, tax=True, **values):
        """A posted invoice or bill over ``net`` plus tax."""
        is_sale = move_type.startswith("out")
        taxes = (self.sale_tax if is_sale else self.purchase_tax) if tax else self.env["account.tax"]
        move = self.env["account.move"].create(
            {
                "move_type": move_type,
                "partner_id": partner.id,
                "date": date,
                "invoice_date": date,
                "invoice_date_due": date,
                "invoice_line_ids": [
                    Command.create(
                        {
                            "name": "Services",
                            "price_unit": net,
                            "account_id": (self.income if is_sale else self.expense).id,
                            "tax_ids": [Command.set(taxes.ids)],
                        }
                    )
                ],
                **values,
            }
        )
        move.action_post()
        return move

    def line(self, date, text, amount, partner_name=None, iban=None):
        return self.env["account.bank.statement.line"].create(
            {
                "journal_id": self.bank.id,
                "date": date,
                "payment_ref": text,
                "amount": amount,
                "partner_name": partner_name,
                "account_number": iban,
            }
        )

    def build(self):
        """One of each: a sure match, a question, a lump sum, a short payment, a bill, and a line without an answer."""
        azure = self.partner("Azure Interior BV", "NL91ABNA0417164300")
        deco = self.partner("Deco Addict SARL", "FR1420041010050500013M02606")
        gemini = self.partner("Gemini Furniture GmbH", "DE89370400440532013000")
        paper = self.partner("Paperworks Ltd", "GB29NWBK60161331926819")
        sale = [
            self.document("out_invoice", azure, "2026-03-02", 1000.0),
            self.document("out_invoice", azure, "2026-03-09", 420.0),
            self.document("out_invoice", deco, "2026-03-03", 640.0),
            self.document("out_invoice", deco, "2026-03-05", 640.0),
            self.document("out_invoice", gemini, "2026-03-04", 310.0),
            self.document("out_invoice", gemini, "2026-03-11", 95.5),
            self.document("out_invoice", gemini, "2026-03-12", 1234.0),
        ]
        bill = self.document("in_invoice", paper, "2026-03-06", 230.0, ref="PW-20931")
        lines = {
            "sure": self.line(
                "2026-03-16", f"SEPA CREDIT {sale[0].name} Azure Interior", sale[0].amount_total, "AZURE INTERIOR BV",
                "NL91ABNA0417164300",
            ),
            "question": self.line(
                "2026-03-17", "Virement Deco Addict facture mars", sale[2].amount_total, "DECO ADDICT",
                "FR1420041010050500013M02606",
            ),
            "lump": self.line(
                "2026-03-18", f"Gemini Furniture {sale[4].name} + {sale[5].name}",
                sale[4].amount_total + sale[5].amount_total, "Gemini Furniture", "DE89370400440532013000",
            ),
            "short": self.line(
                "2026-03-18", f"{sale[6].name} less charges", sale[6].amount_total - 7.5, "Gemini Furniture",
                "DE89370400440532013000",
            ),
            "partial": self.line(
                "2026-03-19", f"Part payment {sale[1].name}", 200.0, "Azure Interior", "NL91ABNA0417164300"
            ),
            "bill": self.line(
                "2026-03-19", "PAPERWORKS LTD INV PW-20931", -bill.amount_total, "Paperworks", "GB29NWBK60161331926819"
            ),
            "nothing": self.line("2026-03-20", "POS 4412 SHELL STATION 0231", -61.37),
        }
        return lines
