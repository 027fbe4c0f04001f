"""A second bank account of a company: booked by hand until its statements came, then worked from files.

What accountants meet on a first day and after it: a cut-over in mid-year, a payment provider's payout with refunds and
a chargeback, a direct debit that comes back, wages, a loan, value added tax, an advance and its final invoice. The
books before the files are made here; everything after comes from ``files``.
"""

from datetime import date, timedelta
from decimal import Decimal

from odoo import Command

from ..statements import camt
from ..statements.statement import Statement
from ..values import Journal, Line

CODE = "TRI"
IBAN = "BE43068999999501"
NAME = "Business Account"
#: Months before the current one in which the story begins.
MONTHS = 6
OPENING = Decimal("8000.00")
RENT = Decimal("1100.00")
LENDER = "Kredietmaatschappij Leie NV"
LANDLORD = "Immo Ter Platen BV"
TAX_OFFICE = "FOD Financiën Inning BTW"
PROVIDER = "Stripe Payments Europe"

#: name: (code, label, type, whether its items are matched)
ACCOUNTS = {
    "equity": ("109900", "Opening of the business account", "equity", False),
    "rent": ("610900", "Rent of the workshop", "expense", False),
    "wage_cost": ("620900", "Wages", "expense", False),
    "net_wages": ("455900", "Net wages payable", "liability_current", True),
    "wage_tax": ("453900", "Payroll tax payable", "liability_current", True),
    "social": ("454900", "Social security payable", "liability_current", True),
    "vat_payable": ("451900", "VAT to pay", "liability_current", True),
    "vat_closing": ("451901", "VAT of closed periods", "liability_current", False),
    "loan": ("173900", "Loan for the workshop", "liability_non_current", False),
    "interest": ("650900", "Interest on loans", "expense", False),
    "clearing": ("580900", "Stripe clearing", "asset_current", True),
    "provider_fee": ("613900", "Fees of payment providers", "expense", False),
    "return_fee": ("613901", "Fees for returned debits", "expense", False),
    "advance_tax": ("451902", "Tax on advances", "asset_current", False),
    "machinery": ("230900", "Workshop", "asset_fixed", False),
}


def make_tax(env, use):
    """21 % on top of the price, with an account and tags of its own, for a company that has none."""
    country = env.company.account_fiscal_country_id
    account = env["account.account"].create(
        {
            "name": f"VAT on {use}s",
            "code": {"sale": "451990", "purchase": "411990"}[use],
            "account_type": "liability_current",
        }
    )

    def lines(label):
        tags = env["account.account.tag"].create(
            [
                {"name": f"{label} {part}", "applicability": "taxes", "country_id": country.id}
                for part in ("base", "tax")
            ]
        )
        return [
            Command.create({"repartition_type": "base", "tag_ids": tags[0].ids}),
            Command.create({"repartition_type": "tax", "tag_ids": tags[1].ids, "account_id": account.id}),
        ]

    return env["account.tax"].create(
        {
            "name": f"{use} 21 %",
            "amount": 21,
            "type_tax_use": use,
            "price_include_override": "tax_excluded",
            "invoice_repartition_line_ids": lines(use),
            "refund_repartition_line_ids": lines(f"{use} refund"),
        }
    )


class BusinessAccount:
    """``today``: the story ends with the month before it. ``sale_tax``, ``purchase_tax``: 21 %, added to the price.

    After ``build``: ``journal``, ``partners`` by role, ``moves`` by name; ``files()`` gives {name: content}.
    """

    def __init__(self, env, today, sale_tax, purchase_tax):
        self.env = env
        self.company = env.company
        self.sale_tax, self.purchase_tax = sale_tax, purchase_tax
        self.months = [_months_before(today.replace(day=1), MONTHS - number) for number in range(MONTHS + 1)]
        self.partners, self.moves = {}, {}

    def day(self, month, number):
        """The date of a day of one of the story's months; 0 is the last day of the month before."""
        return self.months[month] + timedelta(days=number - 1)

    # === WHAT A MANAGER SETS UP === #

    def configure(self, manager):
        """Counterparts, the loan, the payment provider, tax on advances: once, in the configuration's screens.

        :param manager: the environment of a bookkeeping manager
        """
        self.provider = manager["ai.payment.provider"].create(
            {
                "name": "Stripe",
                "names": "STRIPE",
                "clearing_account_id": self.account("clearing").id,
                "fee_account_id": self.account("provider_fee").id,
            }
        )
        self._counterpart(manager, "tax_office", TAX_OFFICE, TAX_OFFICE, "vat", "vat_payable")
        lender = self._counterpart(manager, "lender", LENDER, "Kredietmaatschappij Leie", "loan", "loan")
        loan = manager["ai.loan"].create(
            {
                "name": "Workshop 88-2210",
                "reference": "88-2210",
                "counterpart_id": lender.id,
                "principal": 30000,
                "account_id": self.account("loan").id,
                "interest_account_id": self.account("interest").id,
                "kind": "linear",
                "rate": 2.0,
                "count": 60,
                "start": self.day(3, 28),
                "first": self.day(4, 28),
            }
        )
        loan.action_start()
        self.company.ai_wage_account_ids = self.account("net_wages")
        self.company.write(
            {
                "ai_advance_vat": True,
                "ai_advance_from": self.months[0],
                "ai_advance_tax_id": self.sale_tax.id,
                "ai_advance_account_id": self.account("advance_tax").id,
            }
        )
        return self

    def _counterpart(self, manager, kind, name, at_bank, topic, account):
        claim = {"topic": topic, "account_ids": [Command.set(self.account(account).ids)]}
        return manager["ai.counterpart"].create(
            {"kind": kind, "name": name, "bank_names": at_bank, "claim_ids": [Command.create(claim)]}
        )

    # === BEFORE THE FILES === #

    def build(self):
        self.journal = self.env["account.journal"].create(
            {"name": NAME, "code": CODE, "type": "bank", "bank_acc_number": IBAN}
        )
        self.bank = self.journal.default_account_id
        self._make_partners()
        self._book_by_hand()
        self._owe()
        self._sell()
        return self

    def account(self, name):
        code, label, kind, matched = ACCOUNTS[name]
        accounts = self.env["account.account"]
        return accounts.search([("code", "=", code)], limit=1) or accounts.create(
            {"code": code, "name": label, "account_type": kind, "reconcile": matched}
        )

    def _make_partners(self):
        ibans = {
            "garden": "BE71096123456769",
            "museum": "BE62510007547061",
            "school": "BE45096040420589",
            "library": "BE30001216371411",
            "theatre": "BE68539007547034",
            "supplier": "BE02001234567890",
        }
        names = {
            "garden": "Plantentuin Meise VZW",
            "museum": "Museum Dr. Guislain VZW",
            "school": "Sint-Barbara College VZW",
            "library": "Bibliotheek De Krook CV",
            "theatre": "Theater Tinnenpot VZW",
            "supplier": "Scheldemetaal BV",
        }
        for role, name in names.items():
            partner = self.env["res.partner"].create({"name": name, "is_company": True})
            self.partners[role] = partner
            self.env["res.partner.bank"].create({"acc_number": ibans[role], "partner_id": partner.id})

    def _book_by_hand(self):
        """What people posted straight to the bank account, having no screen for it."""
        self.entry(self.day(0, 1), "Opening of the business account", [(self.bank, OPENING), ("equity", -OPENING)])
        for month in range(4):
            self.entry(self.day(month, 3), f"Rent {self.months[month]:%m/%Y}", [("rent", RENT), (self.bank, -RENT)])
        first = self.document("hand_paid", "museum", 2000, self.day(0, 6))
        self._paid_by_hand(first, self.day(0, 25))
        second = self.document("hand_paid_later", "museum", 1500, self.day(3, 2))
        self._paid_by_hand(second, self.day(3, 20))
        # Sent on the last day of the month: the bank shows it in the next one.
        bill = self.document("bill", "supplier", 500, self.day(2, 10), "in_invoice")
        self._paid_by_hand(bill, self.day(3, 0))

    def _paid_by_hand(self, move, day):
        item = self.item(move)
        entry = self.entry(day, f"Payment {move.name}", [(self.bank, item.balance), (item.account_id, -item.balance)])
        paid = entry.line_ids.filtered(lambda each: each.account_id == item.account_id)
        paid.partner_id = item.partner_id
        (item + paid).reconcile()

    def _owe(self):
        """What stands on the balance sheet and waits for its payment."""
        self.entry(self.day(3, 28), "Loan for the workshop", [("machinery", 30000), ("loan", -30000)])
        rows = [("wage_cost", 7000), ("net_wages", -5400), ("wage_tax", -900), ("social", -700)]
        self.entry(self.day(4, 24), f"Wages {self.months[4]:%m/%Y}", rows)
        rows = [("vat_closing", "1234.56"), ("vat_payable", "-1234.56")]
        self.entry(self.day(4, 0), f"VAT return {self.day(4, 0):%m/%Y}", rows)

    def _sell(self):
        """Invoices that are open when the files come: three by card, two by direct debit; one credit note."""
        for name, partner, net in (("card_1", "garden", 200), ("card_2", "school", 300), ("card_3", "library", 100)):
            self.document(name, partner, net, self.day(4, 2))
        self.document("card_refund", "school", 50, self.day(4, 5), "out_refund")
        for name, partner in (("debit_1", "museum"), ("debit_2", "theatre")):
            self.document(name, partner, 200, self.day(4, 3))

    def invoice_at_last(self):
        """The final invoice of what the garden paid in advance, as a draft: posted when the story is there."""
        return self.document("final", "garden", 3000, self.day(5, 10), post=False)

    def document(self, name, partner, net, day, move_type="out_invoice", post=True):
        tax = self.sale_tax if move_type.startswith("out_") else self.purchase_tax
        move = self.env["account.move"].create(
            {
                "move_type": move_type,
                "partner_id": self.partners[partner].id,
                "invoice_date": day,
                "date": day,
                "invoice_date_due": day + timedelta(days=14),
                "invoice_payment_term_id": False,
                "ref": f"{name}-{day:%y%m}" if move_type == "in_invoice" else False,
                "invoice_line_ids": [
                    Command.create({"name": "Instruments", "price_unit": net, "tax_ids": [Command.set(tax.ids)]})
                ],
            }
        )
        if post:
            move.action_post()
        self.moves[name] = move
        return move

    def entry(self, day, text, rows):
        """A posted entry; ``rows``: (account or its name, amount), a debit is positive."""
        items = [
            {"account_id": self._of(account).id, "balance": float(amount), "name": text} for account, amount in rows
        ]
        move = self.env["account.move"].create(
            {"date": day, "ref": text, "line_ids": [Command.create(item) for item in items]}
        )
        move.action_post()
        return move

    def _of(self, account):
        return self.account(account) if isinstance(account, str) else account

    @staticmethod
    def item(move):
        """The receivable or payable item of a document."""
        return move.line_ids.filtered(lambda each: each.display_type == "payment_term")

    # === THE FILES === #

    def files(self):
        """{file name: content}: three statements, and the provider's settlement."""
        opening = OPENING - 2 * RENT + Decimal("2420.00")
        found, number = {}, 0
        for number, lines in enumerate((self._first_lines(), self._second_lines(), self._third_lines()), start=1):
            statement = Statement(
                self.company.name,
                Journal(9, CODE, NAME, self.company.currency_id.name, IBAN, "rich"),
                number,
                lines[0].date,
                lines[-1].date,
                opening,
                tuple(lines),
            )
            found[f"{CODE}-{number}.xml"] = camt.render(statement)
            opening = statement.closing
        found["stripe-settlement.csv"] = self._settlement().encode()
        return found

    def line(self, key, day, amount, text, partner=None, name="", references=(), code=""):
        known = self.partners.get(partner)
        return Line(
            key,
            9,
            day,
            Decimal(amount),
            self.company.currency_id.name,
            text,
            partner_name=known.name if known else name,
            account_number=known.bank_ids[:1].sanitized_acc_number if known else "",
            references=references,
            code=code,
        )

    def _first_lines(self):
        """Two months that people had booked by hand as well."""
        return [
            self.line(1, self.day(2, 3), -RENT, f"HUUR ATELIER {self.months[2]:%m/%Y}", name=LANDLORD),
            self.line(2, self.day(3, 2), "-605.00", f"{self.moves['bill'].ref}", "supplier"),
            self.line(3, self.day(3, 3), -RENT, f"HUUR ATELIER {self.months[3]:%m/%Y}", name=LANDLORD),
            self.line(4, self.day(3, 20), "1815.00", self.moves["hand_paid_later"].name, "museum"),
        ]

    def _second_lines(self):
        debits = " ".join(self.moves[name].name for name in ("debit_1", "debit_2"))
        returned = self.moves["debit_2"]
        return [
            self.line(5, self.day(4, 8), "519.82", "STRIPE PAYOUT PO-7731", name=PROVIDER),
            self.line(6, self.day(4, 9), "1210.00", "VOORSCHOT BESTELLING 2291", "garden"),
            self.line(7, self.day(4, 14), "484.00", f"SEPA DIRECT DEBIT COLLECTION {debits}", code="RCDD"),
            self.line(8, self.day(4, 18), "-242.00", f"RETURN SDD AM04 {returned.name}", "theatre", code="RRTN"),
            self.line(9, self.day(4, 20), "-1234.56", f"BTW AANGIFTE {self.day(4, 0):%m/%Y}", name=TAX_OFFICE),
            self.line(10, self.day(4, 25), "-5400.00", f"NETTO LONEN {self.months[4]:%m/%Y}"),
            self.line(11, self.day(4, 28), "-550.00", "LENING 88-2210 AFLOSSING 1", name=LENDER),
        ]

    def _third_lines(self):
        return [self.line(12, self.day(5, 24), "2420.00", "SALDO FACTUUR BESTELLING 2291", "garden")]

    def _settlement(self):
        """The provider's file of the payout; fees are without tax (reverse charge is not this story's matter)."""
        rows = ["id;type;created;description;amount;fee;net;currency;payout"]
        charges = (("ch_1", "card_1", "242.00"), ("ch_2", "card_2", "363.00"), ("ch_3", "card_3", "121.00"))
        for key, name, amount in charges:
            rows.append(self._row(key, "charge", self.moves[name].name, amount, "3.23" if key != "ch_3" else "3.22"))
        rows.append(self._row("re_1", "refund", self.moves["card_refund"].name, "-60.50", "0.00"))
        rows.append(self._row("dp_1", "chargeback", self.moves["card_3"].name, "-121.00", "15.00"))
        return "\n".join(rows) + "\n"

    def _row(self, key, kind, text, amount, fee):
        net = Decimal(amount) - Decimal(fee)
        return f"{key};{kind};{self.day(4, 6)};{text};{amount};{fee};{net};{self.company.currency_id.name};PO-7731"


def _months_before(day, count):
    number = day.year * 12 + day.month - 1 - count
    return date(number // 12, number % 12 + 1, 1)
