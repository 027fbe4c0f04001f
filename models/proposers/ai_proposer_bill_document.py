"""Vendor bills from their documents: a draft that core made at upload or mail, filled when somebody accepts."""

from odoo import models

from ...engine.billing.bill import fingerprint, missing, propose
from ...engine.extraction import is_sure

MOVE_MODEL = "account.move"
SCOPE = "bill_coding"
#: What accepting writes on the draft, and undoing gives back.
HEADER = (
    "move_type",
    "partner_id",
    "ref",
    "invoice_date",
    "date",
    "invoice_date_due",
    "invoice_payment_term_id",
    "payment_reference",
    "currency_id",
    "partner_bank_id",
    "fiscal_position_id",
    "invoice_origin",
)


class AiProposerBillDocument(models.AbstractModel):
    _name = "ai.proposer.bill_document"
    _inherit = "ai.proposer"
    _description = "Vendor Bills from Documents"

    _kind = "bill_document"

    def _models(self):
        return (MOVE_MODEL,)

    def _codes(self):
        return True

    def _scope(self):
        return SCOPE

    def _moves(self, suggestions):
        return self.env[MOVE_MODEL].browse(suggestions.mapped("res_id")).exists()

    # === RECORDS → ANSWERS === #

    def _collect(self, records):
        return self.env["ai.facts.bill"]._collect(records)

    def _propose(self, facts):
        return propose(facts)

    def _context(self, facts):
        """Names for reasons, drafts as they are, and by what the answers were made."""
        company = self.env["res.company"].browse(facts.settings.company)
        accounts = self.env["account.account"].with_company(company).sudo().browse(facts.accounts)
        moves = self.env[MOVE_MODEL].sudo().browse([draft.key for draft in facts.drafts])
        found = self.env["ai.document"].sudo()._of_moves(moves)
        return {
            "names": {account.id: account.display_name for account in accounts},
            "drafts": {draft.key: draft for draft in facts.drafts},
            "before": {move.id: self._header_of(move) for move in moves},
            "documents": {move_id: document.id for move_id, document in found.items()},
            "currencies": {currency.name: currency for currency in self.env["res.currency"].sudo().search([])},
            "taxes": {str(tax.id): str(tax.amount) for tax in self.env["account.tax"].sudo().browse(facts.taxes)},
            "distributes": bool(self.env["account.analytic.distribution.model"].sudo().search_count([], limit=1)),
            "version": self.env["ai.learning.model"]._learner(company, self._scope())[1],
        }

    def _header_of(self, move):
        """The draft's own values as JSON: what undo gives back, and by what it is noticed that somebody filled it."""
        found = {}
        for name in HEADER:
            value = move[name]
            if isinstance(value, models.BaseModel):
                value = value.id
            found[name] = str(value) if value and move._fields[name].type == "date" else value or False
        return found

    # === ANSWER → SUGGESTION === #

    def _values(self, record, answer, context):
        if answer.outcome == "nothing":
            return None
        choices = [self._choice(record, reading, context) for reading in answer.readings]
        first = choices[0]
        draft = context["drafts"][record.id]
        evidence = {
            "version": 1,
            "fields": self._field_evidence(draft.reading),
            "alternatives": choices if answer.outcome == "asked" else choices[1:],
            "before": context["before"][record.id],
            "document": context["documents"].get(record.id),
        }
        values = {
            **self._draft_values(record, first["proposal"], context["currencies"]),
            "margin": max(0.0, min(answer.margin, 1.0)),
            "model_version": context["version"],
            "tier": first["tier"],
        }
        if answer.outcome == "asked":
            keys = sorted(choice["key"] for choice in choices)
            return {
                **values,
                "is_question": True,
                "case": "bill",
                "confidence": first["confidence"],
                "partner_id": False,
                "proposal": {},
                "fingerprint": fingerprint({"partner_id": "|".join(keys)}),
                "evidence": {
                    "case": "question",
                    "reasons": [[code, values] for code, values in answer.reasons],
                    "ticks": {},
                    "marks": [],
                    **evidence,
                },
            }
        return {
            **values,
            **self._reading_values(first),
            "is_question": False,
            "evidence": {**evidence, **self._reading_evidence(first, context["taxes"])},
        }

    def _draft_values(self, record, proposal, currencies=None):
        """:param currencies: {code: currency} of those that are active, if they were read before"""
        company = record.company_id
        if currencies is None:
            currency = self._currency(proposal, company)
        else:
            currency = currencies.get(proposal.get("currency"), company.currency_id)
        total = -float(proposal.get("total") or 0)
        partner = self.env["res.partner"].sudo().browse(proposal.get("partner_id") or [])
        name = partner.name or (proposal.get("partner") or {}).get("name") or ""
        return {
            "kind": self._kind,
            "res_model": MOVE_MODEL,
            "res_id": record.id,
            "company_id": company.id,
            "journal_id": record.journal_id.id,
            # Money that leaves is negative, as on a bank line: policies know a vendor's bill by it.
            "amount": -total if proposal.get("move_type") == "in_refund" else total,
            "currency_id": currency.id,
            "date": proposal.get("invoice_date") or False,
            "label": " ".join(filter(None, (name, proposal.get("ref")))) or record.display_name,
        }

    def _currency(self, proposal, company):
        found = self.env["res.currency"].sudo().search([("name", "=", proposal.get("currency") or "")], limit=1)
        return found or company.currency_id

    def _choice(self, record, reading, context):
        told = reading.to_json()
        proposal = self._with_analytic(record, told["proposal"]) if context["distributes"] else told["proposal"]
        key = fingerprint(proposal)
        return {
            **told,
            "key": key[:12],
            "key_full": key,
            "proposal": proposal,
            "reasons": self._named(reading.reasons, context),
            "details": self._named_details(reading.details, context),
            "vendor": self._vendor_evidence(reading.match.party),
        }

    def _with_analytic(self, record, proposal):
        """Where nobody said one, the analytic distribution is what Odoo's distribution models say."""
        models_ = self.env["account.analytic.distribution.model"].sudo().with_company(record.company_id)
        partner = self.env["res.partner"].sudo().browse(proposal.get("partner_id") or [])
        accounts = self.env["account.account"].sudo().with_company(record.company_id)
        known = {}
        for line in proposal["lines"]:
            if line.get("analytic_distribution") or not line.get("account_id"):
                continue
            key = line["account_id"], line.get("product_id")
            if key not in known:
                product = self.env["product.product"].sudo().browse(line.get("product_id") or [])
                known[key] = models_._get_distribution(
                    {
                        "product_id": product.id,
                        "product_categ_id": product.categ_id.id,
                        "partner_id": partner.id,
                        "partner_category_id": partner.category_id.ids,
                        "account_prefix": accounts.browse(line["account_id"]).code,
                        "company_id": record.company_id.id,
                    }
                )
            if known[key]:
                line["analytic_distribution"] = known[key]
        return proposal

    def _named(self, reasons, context):
        return self.env["ai.proposer.bank_coding"]._named(reasons, context)

    def _named_details(self, details, context):
        lines = [{**line, "reasons": self._named(line["reasons"], context)} for line in details.get("lines") or ()]
        return {**details, "lines": lines}

    def _vendor_evidence(self, party):
        return {
            "partner_id": party.partner,
            "how": party.how,
            "confidence": party.confidence,
            "is_new": party.is_new,
            "reasons": [[code, values] for code, values in party.reasons],
        }

    def _field_evidence(self, reading):
        """{field: how sure, who said it, what was printed}."""
        return {
            name: {
                "confidence": round(found.confidence, 4),
                "source": found.source,
                "sure": is_sure(name, found),
            }
            for name, found in reading.fields.items()
        }

    def _document_of(self, record):
        document = self.env["ai.document"].sudo()._of_moves(record).get(record.id)
        return document.id if document else None

    def _reading_values(self, choice):
        """Field values of a suggestion whose proposal is this choice."""
        proposal = choice["proposal"]
        rule = choice.get("rule")
        return {
            "case": "bill",
            "confidence": choice["confidence"],
            "partner_id": proposal.get("partner_id") or False,
            "proposal": proposal,
            "fingerprint": choice["key_full"],
            "tier": choice.get("tier") or "prediction",
            "rule_id": rule if rule and rule > 0 else False,
        }

    def _reading_evidence(self, choice, taxes=None):
        details = choice.get("details") or {}
        return {
            "case": "bill",
            "ticks": {},
            "marks": [],
            "reasons": choice["reasons"],
            "support": choice.get("support") or [0, 0],
            "details": {name: value for name, value in details.items() if name != "lines"},
            "lines": details.get("lines") or [],
            "vendor": choice.get("vendor") or {},
            "taxes": self._tax_rates(choice["proposal"].get("lines") or [], taxes),
        }

    def _tax_rates(self, lines, known=None):
        """What a suggestion remembers of the taxes it would book, to notice that one was changed.

        :param known: {tax id as text: amount}, if they were read before"""
        ids = {tax_id for line in lines for tax_id in line.get("tax_ids") or []}
        if known is not None:
            return {str(tax_id): known[str(tax_id)] for tax_id in sorted(ids) if str(tax_id) in known}
        return {str(tax.id): str(tax.amount) for tax in self.env["account.tax"].sudo().browse(sorted(ids)).exists()}

    # === WHAT KEEPS IT FROM BEING BOOKED === #

    def _obstacles(self, suggestions):
        """{suggestion id: sentence} of what somebody must say or dismiss first; they stay pending meanwhile."""
        found = {}
        for suggestion in suggestions.filtered(lambda s: s.proposal):
            why = self._incomplete(suggestion)
            if why:
                found[suggestion.id] = why
        return found

    def _incomplete(self, suggestion):
        words = {
            "vendor_missing": self.env._("The vendor is missing: choose one, or name a new one."),
            "date_missing": self.env._("The date of the bill is missing: click it in the picture or type it."),
            "total_missing": self.env._("The total is missing: click it in the picture or type it."),
            "lines_missing": self.env._("A line has no account: choose one."),
        }
        proposal = suggestion.proposal
        said = [words[code] for code in missing(proposal)]
        return " ".join(said) or self._sum_problem(suggestion, proposal) or self._rate_problem(suggestion, proposal)

    def _sum_problem(self, suggestion, proposal):
        made, total = self._made(suggestion.company_id, proposal)
        if abs(made - total) > 0.05 + 0.01 * len(proposal["lines"]):
            return self.env._(
                "The lines with their taxes make %(made)s, the document says %(total)s. Correct one of them.",
                made=f"{made:.2f}",
                total=f"{total:.2f}",
            )
        return None

    def _made(self, company, proposal):
        """(what lines and taxes make, what the document says), in the document's currency."""
        total = float(proposal["total"])
        return self.env["ai.bill.entry"]._total(company, proposal), total

    def _rate_problem(self, suggestion, proposal):
        currency = self.env["res.currency"].sudo().search([("name", "=", proposal.get("currency") or "")], limit=1)
        company = suggestion.company_id
        if not proposal.get("currency") or currency == company.currency_id:
            return None
        if not currency:
            return self.env._("The currency %(code)s is not active here: activate it first.", code=proposal["currency"])
        day = proposal["invoice_date"]
        found = (
            self.env["res.currency.rate"]
            .sudo()
            .search_count(
                [
                    ("currency_id", "=", currency.id),
                    ("name", "<=", day),
                    ("company_id", "in", (False, company.root_id.id)),
                ],
                limit=1,
            )
        )
        if found:
            return None
        return self.env._(
            "There is no exchange rate of %(currency)s for %(date)s: enter it first.", currency=currency.name, date=day
        )
