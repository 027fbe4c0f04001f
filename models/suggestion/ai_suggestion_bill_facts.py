"""What a careful bookkeeper asks about a bill, answered one by one: since when, same account, adds up, which period."""

from decimal import Decimal, InvalidOperation

from odoo import api, fields, models
from odoo.tools import format_date, formatLang

from ...engine.extraction.reading import Reading

MOVE_MODEL = "account.move"
OK, WARN, BAD, PLAIN = "ok", "warn", "bad", "plain"


def _decimal(text):
    """The decimal of an amount's text; None for what is none."""
    try:
        return Decimal(str(text))
    except (InvalidOperation, ValueError):
        return None


class AiSuggestion(models.Model):
    _name = "ai.suggestion"
    _inherit = "ai.suggestion"

    def _bill_facts(self, moves, findings):
        """{suggestion id: facts in their fixed order}; constant queries.

        :param moves: {entry id: entry}
        :param findings: {entry id: rows of findings}
        """
        known = self._bill_history()
        banks = self._bill_banks()
        readings = self._bill_readings(moves)
        return {
            suggestion.id: [
                fact
                for fact in (
                    suggestion._fact_vendor(known),
                    suggestion._fact_iban(banks),
                    suggestion._fact_buyer(readings.get(suggestion.res_id) or {}, findings),
                    suggestion._fact_sums(),
                    suggestion._fact_twin(findings),
                    suggestion._fact_paid(findings),
                    suggestion._fact_period(moves.get(suggestion.res_id)),
                    suggestion._fact_spending(moves.get(suggestion.res_id)),
                    suggestion._fact_posts(),
                )
                if fact
            ]
            for suggestion in self
        }

    @api.model
    def _fact(self, code, label, tone, text, record=None):
        target = {"model": record._name, "res_id": record.id} if record else {"model": False, "res_id": False}
        return {"code": code, "label": label, "tone": tone, "text": text, **target}

    def _bill_money(self, amount):
        return formatLang(self.env, float(amount), currency_obj=self.currency_id)

    # === WHAT IS READ FOR ALL OF THEM === #

    def _bill_partners(self):
        """The commercial partners of these proposals."""
        ids = {(suggestion.proposal or {}).get("partner_id") for suggestion in self} - {None, False}
        # Which vendor it is stands on the card; the chain to its company is no secret of its own.
        return self.env["res.partner"].sudo().browse(ids).exists()

    def _bill_history(self):
        """{(company id, commercial partner id): (bills, first date, last date)} of what is posted."""
        moves = self.env[MOVE_MODEL]
        rows = moves._read_group(
            [
                ("state", "=", "posted"),
                ("move_type", "in", moves.get_purchase_types(include_receipts=True)),
                ("commercial_partner_id", "in", self._bill_partners().commercial_partner_id.ids),
                ("company_id", "in", self.company_id.ids),
                ("id", "not in", self.mapped("res_id")),
            ],
            ["company_id", "commercial_partner_id"],
            ["__count", "invoice_date:min", "invoice_date:max"],
        )
        return {(company.id, partner.id): tuple(values) for company, partner, *values in rows}

    def _bill_banks(self):
        """{commercial partner id: account numbers without spaces}"""
        partners = self._bill_partners().commercial_partner_id
        banks = self.env["res.partner.bank"].search([("partner_id", "child_of", partners.ids)])
        found = {}
        for bank in banks:
            # Accounts of a contact are those of its company.
            owner = bank.sudo().partner_id.commercial_partner_id.id
            found.setdefault(owner, []).append(bank.sanitized_acc_number or "")
        return found

    @api.model
    def _bill_readings(self, moves):
        """{entry id: reading as JSON} of the document that its card shows."""
        ids = self._bill_documents(list(moves))
        documents = self.env["ai.document"].browse(ids.values())
        return {document.move_id.id: document.reading or {} for document in documents}

    # === ONE BY ONE === #

    def _fact_vendor(self, known):
        label = self.env._("Vendor")
        proposal = self.proposal or {}
        partner = self.env["res.partner"].browse(proposal.get("partner_id") or [])
        if not partner:
            new = proposal.get("partner")
            text = self.env._("New: is made when you accept") if new else self.env._("Not known: choose one")
            return self._fact("vendor", label, WARN, text)
        # The company behind a contact: no data of its own is shown.
        commercial = partner.sudo().commercial_partner_id
        count, first, last = known.get((self.company_id.id, commercial.id), (0, None, None))
        if not count:
            return self._fact("vendor", label, WARN, self.env._("Known, but this is the first bill"), partner)
        words = {"count": count, "since": format_date(self.env, first), "last": format_date(self.env, last)}
        text = self.env._("Since %(since)s, %(count)s bills, the last on %(last)s", **words)
        return self._fact("vendor", label, OK, text, partner)

    def _fact_iban(self, banks):
        label = self.env._("Bank account")
        proposal = self.proposal or {}
        told = "".join((proposal.get("iban") or "").split()).upper()
        partner = self.env["res.partner"].browse(proposal.get("partner_id") or []).sudo()
        known = banks.get(partner.commercial_partner_id.id, [])
        if not told:
            text = (
                self.env._("None on the bill") if not known else self.env._("None on the bill: the known one is used")
            )
            return self._fact("iban", label, PLAIN, text)
        shown = f"…{told[-4:]}"
        if told in known:
            return self._fact("iban", label, OK, self.env._("%(account)s, the same as before", account=shown))
        if known:
            words = {"account": shown, "before": f"…{known[0][-4:]}"}
            text = self.env._("Changed: %(account)s, so far %(before)s", **words)
            return self._fact("iban", label, BAD, text)
        return self._fact("iban", label, WARN, self.env._("%(account)s, for the first time", account=shown))

    def _fact_buyer(self, reading, findings):
        """By what the document says; who checks it more closely says it as a finding."""
        if not reading:
            return None
        label = self.env._("Buyer")
        if found := self._finding_like(findings, "buyer_"):
            return self._fact("buyer", label, BAD, found["text"])
        read = Reading.from_json(reading) if reading.get("fields") is not None else Reading()
        vat = "".join((self.company_id.vat or "").split()).upper()
        if vat and read.value("buyer_vat") == vat:
            return self._fact("buyer", label, OK, self.env._("We, by our VAT ID"))
        if name := read.value("buyer"):
            return self._fact("buyer", label, OK, self.env._("%(name)s, that is us", name=name))
        return self._fact("buyer", label, PLAIN, self.env._("Not named on the document"))

    def _bill_sums(self):
        """What the document sums to, what the lines and their taxes do, and by how much they miss it.

        :return: ``{net, tax, total, lines, booked_tax, tax_gap, line_gap, unit}`` as decimal texts, empty where nothing
            was read; ``tax_gap``: of the printed sums, ``line_gap``: what the lines and their taxes miss of the total
        """
        proposal = self.proposal or {}
        net, tax, total = (_decimal(proposal.get(name)) for name in ("net", "tax", "total"))
        rows = proposal.get("lines") or []
        booked = sum((_decimal(row.get("amount")) or Decimal(0) for row in rows), Decimal(0))
        booked_tax = sum((self._bill_line_tax(row) for row in rows), Decimal(0))
        return {
            "net": str(net) if net is not None else "",
            "tax": str(tax) if tax is not None else "",
            "total": str(total) if total is not None else "",
            "lines": str(booked),
            "booked_tax": str(booked_tax),
            "tax_gap": str(total - net - tax) if None not in (net, tax, total) else "",
            "line_gap": str(total - booked - booked_tax) if total is not None and rows else "",
            "unit": str(Decimal(1).scaleb(-self.currency_id.decimal_places)),
        }

    def _bill_line_tax(self, row):
        """What the taxes of a line add to its net amount: nothing where a reverse charge owes and claims the same."""
        # Rates of taxes that stand on the card.
        taxes = self.env["account.tax"].sudo().browse(row.get("tax_ids") or [])
        amount = float(_decimal(row.get("amount")) or 0)
        if not taxes:
            return Decimal(0)
        found = taxes.compute_all(amount, currency=self.currency_id, handle_price_include=False)
        return Decimal(str(self.currency_id.round(found["total_included"] - found["total_excluded"])))

    def _fact_sums(self):
        sums = self._bill_sums()
        label = self.env._("Sums")
        if not sums["total"]:
            return self._fact("sums", label, WARN, self.env._("No total was read"))
        unit = Decimal(sums["unit"])
        # The document's total wins: taxes rounded line by line may differ by a unit each.
        allowed = unit * (len((self.proposal or {}).get("lines") or []) + 1)
        if sums["tax_gap"] and abs(Decimal(sums["tax_gap"])) >= unit:
            words = {"gap": self._bill_money(sums["tax_gap"])}
            return self._fact("sums", label, BAD, self.env._("Net and tax miss the total by %(gap)s", **words))
        if sums["line_gap"] and abs(Decimal(sums["line_gap"])) > allowed:
            words = {"gap": self._bill_money(sums["line_gap"])}
            text = self.env._("The lines and their taxes miss the total by %(gap)s", **words)
            return self._fact("sums", label, WARN, text)
        return self._fact("sums", label, OK, self.env._("Lines and taxes add up to the total"))

    def _fact_twin(self, findings):
        label = self.env._("Twin")
        if found := self._finding_like(findings, "twin_"):
            return self._fact("twin", label, BAD, found["text"])
        return self._fact("twin", label, OK, self.env._("None in the books"))

    def _fact_paid(self, findings):
        label = self.env._("Paid")
        if found := self._finding_like(findings, "cost_"):
            return self._fact("paid", label, BAD, found["text"])
        return self._fact("paid", label, OK, self.env._("No payment or booking of this cost was found"))

    def _finding_like(self, findings, family):
        """The first open finding of the entry whose code is of this family."""
        rows = findings.get(self.res_id, [])
        return next((row for row in rows if row["state"] == "open" and row["code"].startswith(family)), None)

    def _fact_period(self, move):
        """The month in which its tax is declared, and whether that is still open."""
        if not move:
            return None
        label = self.env._("Tax period")
        proposal = self.proposal or {}
        date = fields.Date.to_date(proposal.get("date") or proposal.get("invoice_date") or False)
        if not date:
            return self._fact("period", label, WARN, self.env._("No date was read"))
        month = format_date(self.env, date, date_format="MMMM y")
        locks = move._get_violated_lock_dates(date, has_tax=True)
        if not locks:
            return self._fact("period", label, OK, month)
        open_date = move._get_accounting_date(date, has_tax=True)
        words = {"month": month, "date": format_date(self.env, open_date)}
        return self._fact("period", label, WARN, self.env._("%(month)s is locked: booked on %(date)s", **words))

    def _fact_spending(self, move):
        """Whether somebody must approve the spending; the payment waits for that, booking does not."""
        state = move.ai_approval_state if move else False
        tone = {"waiting": WARN, "approved": OK, "refused": BAD}.get(state)
        if not tone:
            return None
        label = dict(move._fields["ai_approval_state"]._description_selection(self.env))[state]
        return self._fact("spending", self.env._("Spending"), tone, label)

    def _fact_posts(self):
        label = self.env._("Accepting")
        posts = self._proposer(self.kind)._posting_journals(self).get(self.id)
        if posts:
            return self._fact("posts", label, PLAIN, self.env._("Fills the draft and posts it"))
        return self._fact("posts", label, PLAIN, self.env._("Fills the draft and leaves it as a draft"))
