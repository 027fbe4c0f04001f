"""Coding a sample blind, and saying who was right where it differs."""

from decimal import Decimal

from odoo import fields, models
from odoo.exceptions import LockError, UserError, ValidationError

from ...engine import schema
from ...engine.autonomy import Posting, compare
from ...engine.schema import is_id
from ...engine.vocabulary import (
    APPLIED,
    SAMPLE_DIFFERS,
    SAMPLE_SAME,
    SAMPLE_WITHDRAWN,
    SAMPLE_WRONG,
)

MOST_ROWS = 50


class AiSample(models.Model):
    _name = "ai.sample"
    _inherit = "ai.sample"

    def code_blind(self, rows: list) -> str:
        """Say how this line is booked, without having seen the booking, and compare.

        :param rows: what it is, each ``{"document_id": id of the entry it settles}`` or ``{"account_id", "tax_ids"}``,
            with ``"amount"``: decimal string with the line's own sign, taxes included; they add up to the line
        :return: the state: ``same`` or ``differs``
        :raise UserError: for somebody who has looked at the booking, and for a sample that was coded already
        :raise ValidationError: for rows that are none, or do not add up
        """
        self.ensure_one()
        self._check_coder()
        self._lock()
        self._check_codable()
        coding = self._checked_coding(rows)
        found = self._compare_with(coding)
        state = SAMPLE_DIFFERS if found.kind else SAMPLE_SAME
        self._close(
            state,
            {
                "coding": coding,
                "coded_by_id": self.env.uid,
                "coded_at": fields.Datetime.now(),
                "error_kind": found.kind or False,
                "wrong": self.sudo().suggestion_id._at_company_rate(float(found.wrong)),
            },
        )
        return state

    def action_machine_wrong(self):
        """The booking was wrong: it is taken back, and the line is booked as coded blind."""
        self.ensure_one()
        self._check_coder()
        self._check_differs()
        suggestion = self.sudo().suggestion_id.sudo(self.env.su)
        if suggestion.state == APPLIED:
            suggestion.action_undo()
            line = self.env[self.res_model].browse(self.res_id)
            line.ai_book_by_hand(self._by_hand(line))
        self._close(SAMPLE_WRONG, {})
        return True

    def action_person_wrong(self):
        """The booking is right: what was coded blind was a slip. It counts neither for nor against the machine."""
        self.ensure_one()
        self._check_coder()
        self._check_differs()
        self._close(SAMPLE_WITHDRAWN, {"error_kind": False, "wrong": 0.0})
        return True

    # === CHECKS === #

    def _lock(self):
        try:
            # Who codes holds no right to write samples: what they say is written for them.
            self.sudo().lock_for_update()
        except LockError as error:
            raise UserError(self.env._("Somebody else is coding this right now.")) from error

    def _check_differs(self):
        self._lock()
        if self.state != SAMPLE_DIFFERS:
            raise UserError(self.env._("Only where both differ somebody says who was right. Reload and look again."))

    def _checked_coding(self, rows):
        """The rows as a proposal: {"counterparts": [{document_id, amount}], "lines": [...]}

        :raise ValidationError: see ``code_blind``
        """
        if not isinstance(rows, list) or not 0 < len(rows) <= MOST_ROWS or not all(isinstance(r, dict) for r in rows):
            raise ValidationError(self.env._("Say on which account, or which document, this is booked."))
        places = Decimal(1).scaleb(-self.currency_id.decimal_places)
        found = {"counterparts": [], "lines": []}
        total = Decimal(0)
        for row in rows:
            amount = schema.amount(row.get("amount"))
            if amount is None:
                raise ValidationError(self.env._("An amount is missing."))
            total += amount
            name, values = self._checked_row(row)
            found[name].append({**values, "amount": str(amount.quantize(places))})
        wanted = Decimal(str(self.amount)).quantize(places)
        if total.quantize(places) != wanted:
            raise ValidationError(
                self.env._("The parts add up to %(total)s, the line is %(wanted)s.", total=total, wanted=wanted)
            )
        return found

    def _checked_row(self, row):
        if row.get("document_id"):
            document = self._readable("account.move", row["document_id"])
            return "counterparts", {"document_id": document.id}
        account = self._readable("account.account", row.get("account_id"))
        taxes = [self._readable("account.tax", tax_id).id for tax_id in list(row.get("tax_ids") or ())]
        return "lines", {"account_id": account.id, "tax_ids": sorted(taxes), "label": str(row.get("label") or "")[:200]}

    def _readable(self, model, res_id):
        """A record of this company that the caller may read."""
        found = self.env[model].browse(res_id if is_id(res_id) else 0).exists()._filtered_access("read")
        found = found.filtered_domain(self.env[model]._check_company_domain(self.company_id))
        if not found:
            raise ValidationError(self.env._("Say on which account, or which document, this is booked."))
        return found

    # === COMPARING AND STORING === #

    def _compare_with(self, coding):
        gates = self.env["ai.gate"].sudo()
        ours = self.sudo().suggestion_id.proposal
        books = gates._books_of_proposals(self.company_id, [ours, coding])
        theirs = [
            Posting(0, Decimal(row["amount"]), (), row["document_id"]) for row in coding["counterparts"]
        ] + gates._postings({"lines": coding["lines"]}, books)
        return compare(gates._postings(ours, books), theirs, books["groups"])

    def _close(self, state, values):
        # Samples are written by these methods only, after the checks above.
        sample = self.sudo()
        sample.write({"state": state, **values})
        payload = {
            "state": state,
            "suggestion_id": sample.suggestion_id.id,
            "policy_id": sample.policy_id.id,
            "error_kind": sample.error_kind or "",
            "wrong": sample.wrong,
            "coding": sample.coding,
        }
        self.env["ai.audit.log"]._append("sample_coded", self, [payload])
        if state == SAMPLE_SAME:
            sample.suggestion_id._confirmed_by_sample(self.env.user)
        if state in (SAMPLE_DIFFERS, SAMPLE_WRONG) and not sample.review_id:
            self.env["ai.gate"].sudo()._close_what_breaks(sample.suggestion_id)
        sample.review_id._conclude_when_done()

    def _by_hand(self, line):
        """What the person coded, as ``ai_book_by_hand`` takes it."""
        counterparts = []
        for row in self.coding["counterparts"]:
            document = self.env["account.move"].browse(row["document_id"])
            item = document.line_ids.filtered(
                lambda item: (
                    item.account_id.account_type in ("asset_receivable", "liability_payable") and not item.reconciled
                )
            )[:1]
            if not item:
                raise UserError(
                    self.env._(
                        "%(document)s is paid otherwise. Undo the booking and match it by hand.", document=document.name
                    )
                )
            counterparts.append({"move_line_id": item.id, "amount": row["amount"]})
        return {"counterparts": counterparts, "write_off": self.coding["lines"], "partner_id": line.partner_id.id}
