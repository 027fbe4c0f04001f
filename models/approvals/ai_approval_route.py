"""Whom a bill goes to: the first rule that fits it, then who ordered it, who owns its budget, or named people."""

from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError

from .ai_approval import WAITING, WITHDRAWN
from .ai_approval_rule import ORDERER, OWNER

PURCHASES = ("in_invoice", "in_receipt")


class AiApproval(models.Model):
    _name = "ai.approval"
    _inherit = "ai.approval"

    @api.model
    def _route(self, moves):
        """Ask whom the rules name about bills, unless they were asked about the same already; mails go out."""
        moves = moves.filtered(lambda move: move.move_type in PURCHASES and move.state != "cancel")
        # Whoever posts a bill need not have a right on the rules of the bookkeeping.
        rules = self.env["ai.approval.rule"].sudo().search([("company_id", "in", moves.company_id.ids)])
        if not rules:
            return self.browse()
        by_company = rules.grouped("company_id")
        analytic = self._analytic_ids(moves)
        rows = []
        for move in moves.sudo():
            move._ai_drop_outdated_approvals()
            if move.ai_approval_ids.filtered(lambda row: row.state != WITHDRAWN):
                continue
            vendor, amount = move.commercial_partner_id, abs(move.amount_total_signed)
            rule = next(
                (
                    rule
                    for rule in by_company.get(move.company_id, rules[:0])
                    if rule._fits(vendor, analytic[move.id], amount)
                ),
                None,
            )
            if rule:
                rows += [self._row(move, person, rule) for person in self._people(rule, move, analytic[move.id])]
        return self._ask(rows)

    @api.model
    def _analytic_ids(self, moves):
        """{bill: ids of the analytic accounts of its lines}."""
        found = defaultdict(set)
        for line in moves.invoice_line_ids:
            for key in line.analytic_distribution or {}:
                found[line.move_id.id].update(int(part) for part in key.split(",") if part.isdecimal())
        return found

    @api.model
    def _people(self, rule, move, analytic_ids):
        """Approvers of a bill; who books it is left out where somebody else is there."""
        people = self.env["res.partner"]
        if rule.approver == ORDERER:
            people = move._ai_orderers()
        elif rule.approver == OWNER:
            people = self.env["account.analytic.account"].sudo().browse(analytic_ids).exists().ai_budget_owner_id
        people = people.filtered(lambda partner: partner.active and partner.email_normalized) or rule.approver_ids
        if rule.allows_booker:
            return people
        booker = self.env.user.partner_id
        return (people - booker) or (rule.approver_ids - booker) or people

    @api.model
    def _row(self, move, person, rule=None, question=""):
        return {
            "move_id": move.id,
            "company_id": move.company_id.id,
            "partner_id": person.id,
            "rule_id": rule.id if rule else False,
            "needs_all": rule.needs_all if rule else True,
            "allows_booker": rule.allows_booker if rule else False,
            "vendor_id": move.commercial_partner_id.id,
            "amount": move.amount_total,
            "currency_id": move.currency_id.id,
            "question": question or (rule.name if rule else ""),
            "asked_by_id": self.env.uid,
            "asked_at": fields.Datetime.now(),
        }

    @api.model
    def _ask(self, rows):
        """Make the rows, mail the people, block what must not be paid before they answered."""
        # Nobody has the right to write approvals by hand: the callers have checked their own.
        approvals = self.sudo().create(rows)
        approvals._log("spending_asked")
        for move, asked in approvals.grouped("move_id").items():
            names = ", ".join(asked.partner_id.mapped("name"))
            move._ai_say(self.env._("Asked to approve the spending: %(names)s", names=names), self.env.user.partner_id)
        for approval in approvals:
            approval._mail()
        approvals.move_id._ai_hold_payment()
        return approvals

    @api.model
    def _ask_person(self, moves, partner_id, question):
        """Ask one more person, chosen by hand, about bills.

        :raise UserError: nobody to ask, or nothing to ask about
        """
        person = self.env["res.partner"].browse(int(partner_id or 0)).exists()
        if not person or not person.email_normalized:
            raise UserError(self.env._("Choose a person with an e-mail address."))
        wrong = moves.filtered(lambda move: move.move_type not in PURCHASES or move.state == "cancel")
        if wrong or not moves:
            raise UserError(self.env._("Only bills and purchase receipts are approved. Choose such documents."))
        asked = moves.sudo().ai_approval_ids.filtered(lambda row: row.state == WAITING and row.partner_id == person)
        if asked:
            raise UserError(
                self.env._(
                    "%(name)s is asked about %(bill)s already.",
                    name=person.name,
                    bill=asked[0].move_id.display_name,
                )
            )
        moves.sudo()._ai_drop_outdated_approvals()
        return self._ask([self._row(move, person, question=question) for move in moves])
