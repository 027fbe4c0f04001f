"""Bills that somebody else proposes, or changes: checked, put in one form, and kept beside what the engine had said."""

from odoo import models
from odoo.exceptions import UserError

from ...engine.billing.bill import HEADER, fingerprint, normalised, too_fine

#: Keys of the proposal that no single field of the reading stands for.
AMOUNTS = ("net", "tax", "total")
VENDOR_FIELDS = ("vendor", "vendor_vat", "vendor_registry", "vendor_phone", "vendor_email", "vendor_iban")


class AiProposerBillDocument(models.AbstractModel):
    _name = "ai.proposer.bill_document"
    _inherit = "ai.proposer.bill_document"

    # === CHECKED === #

    def _problems(self, record, proposal):
        found = [
            self.env._("Field '%(path)s': %(code)s.", path=path, code=code.replace("_", " "))
            for code, path in self._shape_problems(proposal)
        ]
        if found:
            return found
        record = record.sudo()
        if record.state != "draft" or record.move_type not in self.env["account.move"].get_purchase_types(True):
            return [self.env._("Only a draft of a vendor bill, credit note or receipt can be filled.")]
        if record.invoice_line_ids:
            return [self.env._("The draft has lines already: change it in Odoo.")]
        currency = self._currency(proposal, record.company_id)
        if proposal.get("currency") and currency.name != proposal["currency"].upper():
            found.append(self.env._("The currency %(code)s is not active here.", code=proposal["currency"][:10]))
        places = currency.decimal_places
        for path in too_fine(proposal, places):
            found.append(self.env._("Field '%(path)s' has more than %(places)s decimals.", path=path, places=places))
        return found + self._foreign_records(record, proposal)

    def _foreign_records(self, record, proposal):
        """Ids in a proposal are data from outside: they must exist, belong to the company, and be for purchases."""
        found = self.env["ai.proposer.bank"]._foreign_records(record, proposal)
        company = record.company_id
        rows = proposal.get("lines") or []
        shared = {
            "product.product": {row["product_id"] for row in rows if row.get("product_id")},
            "account.payment.term": {proposal["payment_term_id"]} if proposal.get("payment_term_id") else set(),
        }
        own = {
            "account.fiscal.position": {proposal["fiscal_position_id"]} if proposal.get("fiscal_position_id") else set()
        }
        for model, ids in {**shared, **own}.items():
            owners = (False, *company.parent_ids.ids) if model in shared else company.parent_ids.ids
            domain = [("id", "in", list(ids)), ("company_id", "in", owners)]
            if self.env[model].sudo().search_count(domain) != len(ids):
                found.append(self.env._("A record of %(model)s is unknown in this company.", model=model))
        taxes = (
            self.env["account.tax"].sudo().browse({tax for row in rows for tax in row.get("tax_ids") or []}).exists()
        )
        for tax in taxes.filtered(lambda tax: tax.type_tax_use != "purchase") if not found else ():
            found.append(self.env._("%(name)s is no tax on purchases.", name=tax.name))
        accounts = self.env["account.account"].sudo().browse({row["account_id"] for row in rows}).exists()
        for account in accounts.filtered(lambda one: one.account_type in ("asset_receivable", "liability_payable")):
            found.append(
                self.env._("%(account)s is for what partners owe, not for cost.", account=account.display_name)
            )
        return found

    def _normalised(self, record, proposal):
        return normalised(proposal, self._currency(proposal, record.sudo().company_id).decimal_places)

    # === TOLD === #

    def _submitted_values(self, record, proposal):
        record = record.sudo()
        proposal = self._with_totals(record, self._normalised(record, proposal))
        return {
            **self._draft_values(record, proposal),
            "case": "bill",
            "partner_id": proposal.get("partner_id") or False,
            "proposal": proposal,
            "fingerprint": fingerprint(proposal),
            "evidence": {
                "version": 1,
                "case": "bill",
                "reasons": [],
                "alternatives": [],
                "ticks": {},
                "marks": [],
                "lines": [],
                "fields": self._told_fields(record),
                "before": self._header_of(record),
                "document": self._document_of(record),
                "taxes": self._tax_rates(proposal["lines"]),
            },
        }

    def _with_totals(self, record, proposal):
        """What was not told is what lines and taxes make."""
        if all(proposal.get(name) for name in AMOUNTS):
            return proposal
        places = self._currency(proposal, record.company_id).decimal_places
        net = sum(float(line["amount"]) for line in proposal["lines"])
        made = self.env["ai.bill.entry"]._total(record.company_id, proposal)
        told = {"net": net, "tax": made - net, "total": made}
        return {**proposal, **{name: proposal.get(name) or f"{told[name]:.{places}f}" for name in AMOUNTS}}

    def _told_fields(self, record):
        document = self.env["ai.document"].sudo()._of_moves(record).get(record.id)
        return self._field_evidence(document._reading(document)) if document else {}

    def _edited_values(self, suggestion, record, proposal):
        values = self._submitted_values(record, proposal)
        old = suggestion.evidence or {}
        kept = [choice for choice in old.get("alternatives", []) if choice["key_full"] != values["fingerprint"]]
        if not suggestion.is_question and suggestion.proposal and not suggestion.is_edited:
            kept.insert(0, self._as_choice(suggestion))
        evidence = {
            **values["evidence"],
            **{name: old[name] for name in ("before", "fields", "vendor", "lines", "document") if old.get(name)},
            "alternatives": kept,
        }
        names = ("case", "partner_id", "proposal", "fingerprint", "amount", "currency_id", "date", "label")
        # What a person says has no measured confidence.
        return {**{name: values[name] for name in names}, "evidence": evidence, "confidence": 0.0, "margin": 0.0}

    def _as_choice(self, suggestion):
        """What the engine proposed, as an alternative that can be taken back with a click."""
        evidence = suggestion.evidence or {}
        return {
            "key": suggestion.fingerprint[:12],
            "key_full": suggestion.fingerprint,
            "case": suggestion.case,
            "confidence": suggestion.confidence,
            "tier": suggestion.tier,
            "rule": suggestion.rule_id.id,
            "ticks": {},
            "marks": [],
            "reasons": evidence.get("reasons") or [],
            "support": evidence.get("support") or [0, 0],
            "details": {**(evidence.get("details") or {}), "lines": evidence.get("lines") or []},
            "vendor": evidence.get("vendor") or {},
            "lost": ["lost_edited", {}],
            "proposal": suggestion.proposal,
        }

    # === CORRECTED AFTER IT WAS EDITED === #

    def _recorrected(self, suggestion, names):
        """A person corrected fields of the reading after having changed the proposal: the header says what they said,
        the lines stay theirs.

        :param names: fields of the reading that were corrected
        :raise UserError: when the suggestion does not wait any more
        """
        suggestion._check_pending()
        record = self._moves(suggestion)
        facts = self._collect(record)
        answers = self._propose(facts)
        if not answers or not answers[0].readings:
            raise UserError(self.env._("Nothing can be proposed for this document any more. Reload and look again."))
        fresh = answers[0].readings[0].match.to_json()
        keys = {key for key, told in HEADER.items() if told in names} | {name for name in AMOUNTS if name in names}
        keys |= {"currency"} & set(names)
        if set(names) & set(VENDOR_FIELDS) and len(answers[0].readings) == 1:
            keys |= {"partner_id", "partner", "fiscal_position_id"}
        before = suggestion.proposal or {}
        merged = {name: value for name, value in before.items() if name not in keys}
        merged |= {name: fresh[name] for name in keys if fresh.get(name)}
        merged.setdefault("lines", fresh["lines"])
        suggestion.sudo().write(
            {**self._edited_values(suggestion, record, merged), "is_edited": True, "is_question": False}
        )
        suggestion._log("edited", [{"before": before, "after": suggestion.proposal}])
