"""A bill's proposal written on its draft, to the cent; and the draft emptied again."""

from decimal import Decimal

from odoo import Command, fields, models
from odoo.exceptions import AccessError, UserError

from ...engine.text import squeeze

#: Of a new vendor's values, those that a partner has under the same name.
PARTNER_FIELDS = ("name", "vat", "street", "zip", "city", "phone", "email", "website", "company_registry")


class AiBillEntry(models.AbstractModel):
    _name = "ai.bill.entry"
    _description = "Entries of Bills"

    # === WRITING === #

    def _fill(self, move, proposal):
        """Write ``proposal`` on the empty draft ``move``; raises where the entry would not be the document's."""
        partner = self._partner(move, proposal)
        move = move.with_company(move.company_id)
        move.write(self._header(move, proposal, partner))
        move.write({"invoice_line_ids": [Command.create(values) for values in self._lines(move, proposal)]})
        total = float(proposal["total"])
        move._check_total_amount(total)
        if move.currency_id.compare_amounts(move.amount_total, total):
            raise UserError(
                self.env._(
                    "The bill would be over %(made)s, but the document says %(total)s. Correct the lines or the total.",
                    made=f"{move.amount_total:.2f}",
                    total=f"{total:.2f}",
                )
            )

    def _header(self, move, proposal, partner):
        currency = self.env["res.currency"].search([("name", "=", proposal.get("currency") or "")], limit=1)
        values = {
            "move_type": proposal.get("move_type") or move.move_type,
            "partner_id": partner.id,
            "ref": proposal.get("ref") or False,
            "invoice_date": proposal["invoice_date"],
            "payment_reference": proposal.get("payment_reference") or False,
            "currency_id": (currency or move.company_id.currency_id).id,
            "fiscal_position_id": proposal.get("fiscal_position_id") or False,
            "partner_bank_id": self._bank_account(partner, proposal).id,
            "invoice_origin": proposal.get("origin") or False,
            **self._due(proposal),
        }
        return {**values, "date": proposal["date"]} if proposal.get("date") else values

    def _due(self, proposal):
        """The document's due date, else the term's; without either Odoo would take today."""
        if proposal.get("invoice_date_due"):
            return {"invoice_payment_term_id": False, "invoice_date_due": proposal["invoice_date_due"]}
        if proposal.get("payment_term_id"):
            return {"invoice_payment_term_id": proposal["payment_term_id"]}
        return {"invoice_payment_term_id": False, "invoice_date_due": proposal["invoice_date"]}

    # === LINES === #

    def _lines(self, move, proposal):
        """Values of the bill's lines. A line of which only a share of the tax is claimed becomes two: the other share
        bears its tax as cost."""
        return [self._line(move, row) for row in self._parts(move.currency_id, proposal)]

    def _parts(self, currency, proposal):
        """The rows of a proposal as they are booked."""
        found = []
        for row in proposal["lines"]:
            share = row.get("deductible")
            if share is None or share is False or share >= 100:
                found.append(row)
            else:
                found += self._shared(currency, row, Decimal(str(share)))
        return found

    def _line(self, move, row):
        taxes = self.env["account.tax"].browse(row.get("tax_ids") or [])
        price = self._priced(move, row, taxes)
        return {
            "name": row.get("label") or False,
            "account_id": row["account_id"],
            "product_id": row.get("product_id") or False,
            "tax_ids": [Command.set(taxes.ids)],
            "analytic_distribution": row.get("analytic_distribution") or False,
            # What the document says is not computed anew.
            "is_imported": True,
            **price,
        }

    def _priced(self, move, row, taxes):
        """Quantity, price and discount as printed, where they make the amount; else one piece at that price."""
        amount = float(row["amount"])
        included = taxes.flatten_taxes_hierarchy().filtered("price_include")
        if included:
            # Odoo takes the price to hold these taxes.
            gross = included.with_context(force_price_include=False).compute_all(amount, currency=move.currency_id)
            return {"quantity": 1.0, "price_unit": gross["total_included"], "discount": 0.0}
        quantity, price = float(row.get("quantity") or 1), row.get("price_unit")
        discount = float(row.get("discount") or 0)
        worth = quantity * float(price or 0) * (1 - discount / 100)
        if price and not move.currency_id.compare_amounts(worth, amount):
            return {"quantity": quantity, "price_unit": float(price), "discount": discount}
        return {"quantity": 1.0, "price_unit": amount, "discount": 0.0}

    def _shared(self, currency, row, share):
        """[the part whose tax is claimed, the part that bears its tax]"""
        unit = Decimal(1).scaleb(-currency.decimal_places)
        amount = Decimal(row["amount"])
        claimed = (amount * share / 100).quantize(unit)
        rest = amount - claimed
        taxes = self.env["account.tax"].browse(row.get("tax_ids") or [])
        whole = self._tax(currency, taxes, amount, unit)
        tax = whole - self._tax(currency, taxes, claimed, unit)
        plain = {**row, "quantity": None, "price_unit": None, "discount": None}
        cost = {**plain, "amount": str(rest + tax), "tax_ids": []}
        return [{**plain, "amount": str(claimed)}, cost] if claimed else [cost]

    def _tax(self, currency, taxes, amount, unit):
        """What these taxes add to ``amount``; what the buyer reports and deducts himself adds what is not deducted."""
        made = taxes.with_context(force_price_include=False).compute_all(float(amount), currency=currency)
        return Decimal(str(made["total_included"])).quantize(unit) - amount.quantize(unit)

    def _total(self, company, proposal):
        """What the lines and their taxes make, in the document's currency."""
        currency = self.env["res.currency"].sudo().search([("name", "=", proposal.get("currency") or "")], limit=1)
        currency = currency or company.currency_id
        taxes = self.env["account.tax"].sudo().with_context(force_price_include=False)
        total = 0.0
        for row in proposal.get("lines") or ():
            used = taxes.browse(row.get("tax_ids") or []).exists()
            total += used.compute_all(float(row["amount"]), currency=currency)["total_included"]
        return total

    def _entry_rows(self, suggestion):
        """What would be posted opposite the vendor: ``{account_id, partner_id, balance, tax_ids, tax_id}``, with
        ``balance`` in the company's currency."""
        proposal, company = suggestion.proposal, suggestion.company_id
        currency = suggestion.currency_id
        day = proposal.get("date") or proposal["invoice_date"]
        rate = currency._get_conversion_rate(currency, company.currency_id, company, fields.Date.to_date(day))
        sign = -1 if proposal.get("move_type") == "in_refund" else 1
        taxes = self.env["account.tax"].sudo().with_context(force_price_include=False)
        partner_id = proposal.get("partner_id") or False

        def row(account_id, amount, tax_ids=(), tax_id=False):
            balance = company.currency_id.round(sign * amount * rate)
            told = {"account_id": account_id, "partner_id": partner_id, "balance": balance}
            return {**told, "tax_ids": list(tax_ids), "tax_id": tax_id}

        found = []
        for part in self._parts(currency, proposal):
            used = taxes.browse(part.get("tax_ids") or [])
            found.append(row(part["account_id"], float(part["amount"]), used.ids))
            made = used.compute_all(float(part["amount"]), currency=currency, is_refund=sign < 0)
            found += [
                row(tax["account_id"] or part["account_id"], tax["amount"], (), tax["id"]) for tax in made["taxes"]
            ]
        return found

    # === VENDOR === #

    def _partner(self, move, proposal):
        partner = self.env["res.partner"].browse(proposal.get("partner_id") or [])
        return partner or self._new_partner(proposal["partner"])

    def _new_partner(self, told):
        """The vendor that the proposal names, made with the rights of whoever accepts."""
        partners = self.env["res.partner"].with_context(res_partner_search_mode="supplier")
        if not partners.has_access("create"):
            raise UserError(
                self.env._(
                    "%(name)s is not a vendor yet and you may not create contacts. Ask somebody who may, or choose a "
                    "vendor that exists.",
                    name=told["name"],
                )
            )
        code = (told.get("country") or "").upper()
        country = self.env["res.country"].search([("code", "=", code)], limit=1) if code else self.env["res.country"]
        values = {name: told[name] for name in PARTNER_FIELDS if told.get(name)}
        return partners.create({**values, "is_company": True, "country_id": country.id, "supplier_rank": 1})

    def _bank_account(self, partner, proposal):
        """The account that the document names, if it is the vendor's. The first one of a vendor is noted, untrusted, by
        whoever may; another one than those that are known is what frauds send, and is left out."""
        number = squeeze(proposal.get("iban") or (proposal.get("partner") or {}).get("iban") or "")
        accounts = self.env["res.partner.bank"]
        if not number:
            return accounts
        vendor = partner.commercial_partner_id
        known = accounts.search([("partner_id", "child_of", vendor.ids)])
        found = known.filtered(lambda account: account.sanitized_acc_number == number)
        if found or known or not accounts.has_access("create"):
            return found[:1]
        try:
            return accounts.create({"acc_number": number, "partner_id": vendor.id})
        except AccessError:
            return accounts

    # === EMPTYING === #

    def _empty(self, move, before):
        """The draft as core had made it: no lines, and the header of then.

        :param dict before: evidence of the suggestion, see ``ai.proposer.bill_document._header_of``
        """
        move.invoice_line_ids.unlink()
        values = {name: before.get(name, False) for name in before}
        # Odoo needs both; what was computed then is computed again.
        for name in ("date", "currency_id", "move_type"):
            if not values.get(name):
                values.pop(name, None)
        if values.get("partner_id") and not self.env["res.partner"].browse(values["partner_id"]).exists():
            values["partner_id"] = False
        move.write(values)
