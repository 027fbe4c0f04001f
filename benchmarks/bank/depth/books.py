"""A small company's books, written by scenarios through Odoo's own methods."""

from __future__ import annotations

from decimal import Decimal

from odoo import Command

LINE = "account.bank.statement.line"
_FIRST = ("Amber", "Birch", "Cobalt", "Delta", "Ember", "Falcon", "Granite", "Harbour", "Indigo", "Juniper", "Kestrel")
_SECOND = ("Works", "Trading", "Foods", "Systems", "Textiles", "Logistics", "Studio", "Energy", "Farms", "Clinics")
_FORMS = ("Ltd", "GmbH", "SARL", "NV", "BV", "SpA", "Inc")


def cents(amount: float | str | Decimal) -> Decimal:
    """An amount of the books as a decimal with two places."""
    return Decimal(str(round(float(amount), 2) + 0.0)).quantize(Decimal("0.01"))


class Books:
    """``env`` is of a database with the generic chart and the addon; amounts may be decimals, texts or floats.

    ``bank`` is a journal of its own; ``tax_sale`` and ``tax_purchase`` are 20 % with the tags ``sale base``,
    ``sale tax``, ``purchase base``, ``purchase tax`` (``... refund`` for credit notes).
    """

    def __init__(self, env) -> None:
        self.env = env
        self.company = env.company
        self._accounts = {}
        self._names = 0
        self.bank = self.journal("DPTH")
        self.suspense = self.bank.suspense_account_id
        self.receivable = self.account("receivable", "asset_receivable", reconcile=True)
        self.payable = self.account("payable", "liability_payable", reconcile=True)
        self.income = self.account("sales", "income")
        self.expense = self.account("costs", "expense")
        self.tax_due = self.account("VAT due", "liability_current")
        self.tax_back = self.account("VAT to recover", "asset_current")
        self.tax_sale = self._tax("sale", self.tax_due)
        self.tax_purchase = self._tax("purchase", self.tax_back)

    # --- masters ---

    def account(self, name, account_type="liability_current", **values):
        """The account of that name, made at its first use."""
        if name not in self._accounts:
            code = f"9{len(self._accounts):05d}"
            self._accounts[name] = self.env["account.account"].create(
                {"name": name.capitalize(), "code": code, "account_type": account_type, **values}
            )
        return self._accounts[name]

    def journal(self, code, currency=None, type="bank", **values):
        values = {"name": f"Journal {code}", "code": code, "type": type, **values}
        if currency:
            values["currency_id"] = currency.id
        return self.env["account.journal"].create(values)

    def currency(self, name, rates=()):
        """``rates``: (date, units for one of the company's currency) pairs."""
        currency = self.env["res.currency"].with_context(active_test=False).search([("name", "=", name)])
        currency.active = True
        for day, rate in rates:
            self.env["res.currency.rate"].create(
                {"currency_id": currency.id, "name": day, "rate": float(rate), "company_id": self.company.id}
            )
        return currency

    def name(self, rng) -> str:
        """A company's name, another one at each call."""
        self._names += 1
        return f"{rng.choice(_FIRST)} {rng.choice(_SECOND)} {self._names} {rng.choice(_FORMS)}"

    def partner(self, name, iban=None, **values):
        values = {
            "name": name,
            "is_company": True,
            "property_account_receivable_id": self.receivable.id,
            "property_account_payable_id": self.payable.id,
            **values,
        }
        partner = self.env["res.partner"].create(values)
        if iban:
            self.env["res.partner.bank"].create({"acc_number": iban, "partner_id": partner.id})
        return partner

    def _tax(self, use, account):
        country = self.company.account_fiscal_country_id
        tax = self.env["account.tax"]
        group = self.env["account.tax.group"].create({"name": f"Depth {use}", "country_id": country.id})

        def repartition(label):
            names = (f"{label} base", f"{label} tax")
            tags = self.env["account.account.tag"].create(
                [{"name": name, "applicability": "taxes", "country_id": country.id} for name in names]
            )
            return [
                Command.create({"repartition_type": "base", "tag_ids": tags[0].ids}),
                Command.create({"repartition_type": "tax", "tag_ids": tags[1].ids, "account_id": account.id}),
            ]

        return tax.create(
            {
                "name": f"Depth {use} 20 %",
                "amount": 20,
                "type_tax_use": use,
                "tax_group_id": group.id,
                "country_id": country.id,
                "price_include_override": "tax_excluded",
                "invoice_repartition_line_ids": repartition(use),
                "refund_repartition_line_ids": repartition(f"{use} refund"),
            }
        )

    # --- what is booked ---

    def document(self, partner, net, day, move_type="out_invoice", tax=True, due=None, account=None, **values):
        """A posted document over ``net`` and 20 % tax, unless ``tax`` is false."""
        is_sale = move_type.startswith("out_")
        used = (self.tax_sale if is_sale else self.tax_purchase) if tax else self.tax_sale.browse()
        line = {
            "name": "Goods",
            "price_unit": float(net),
            "account_id": (account or (self.income if is_sale else self.expense)).id,
            "tax_ids": [Command.set(used.ids)],
        }
        move = self.env["account.move"].create(
            {
                "move_type": move_type,
                "partner_id": partner.id,
                "invoice_date": day,
                "date": day,
                "invoice_payment_term_id": False,
                "invoice_date_due": due or day,
                "invoice_line_ids": [Command.create(line)],
                **values,
            }
        )
        move.action_post()
        return move

    def invoice(self, partner, net, day, **values):
        return self.document(partner, net, day, **values)

    def bill(self, partner, net, day, **values):
        return self.document(partner, net, day, "in_invoice", **values)

    def item(self, move):
        """The (first) receivable or payable item of a document."""
        kinds = ("asset_receivable", "liability_payable")
        return move.line_ids.filtered(lambda item: item.account_id.account_type in kinds).sorted("date_maturity")[:1]

    def entry(self, rows, day, journal=None, ref="", **values):
        """A posted entry. ``rows``: (account, amount[, partner[, label]]), a debit is positive."""
        rows = [(*row, None, None)[:4] for row in rows]
        move = self.env["account.move"].create(
            {
                "move_type": "entry",
                "date": day,
                "ref": ref,
                **({"journal_id": journal.id} if journal else {}),
                "line_ids": [
                    Command.create(
                        {
                            "account_id": account.id,
                            "balance": float(amount),
                            "partner_id": partner.id if partner else False,
                            "name": label or ref or "Entry",
                        }
                    )
                    for account, amount, partner, label in rows
                ],
                **values,
            }
        )
        move.action_post()
        return move

    def line(self, text, amount, day, journal=None, **values):
        """A bank line, on the books against suspense."""
        journal = journal or self.bank
        values = {"journal_id": journal.id, "payment_ref": text, "amount": float(amount), "date": day, **values}
        return self.env[LINE].create(values)

    def propose(self, lines):
        suggestions = self.env["ai.suggestion"]
        return suggestions.browse(suggestions.propose(LINE, lines.ids))
