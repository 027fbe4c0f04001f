"""What people do with findings: dismiss them with a reason, take that back, confirm an account, look at the other."""

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ...engine.vocabulary import PENDING
from .ai_finding import DISMISSED, OPEN_STATE
from .finding_words import HOLDING

MANAGER = "ai_bookkeeper.ai_bookkeeper_group_manager"
REVIEWER = "ai_bookkeeper.ai_bookkeeper_group_reviewer"
#: A reason is a word at least.
_REASON = 3


class AiFinding(models.Model):
    _name = "ai.finding"
    _inherit = "ai.finding"

    def action_dismiss(self, reason: str = ""):
        """Say why these findings do not hold: what they stopped may be booked.

        :param reason: in the dismissing person's words
        :raises UserError: without a reason, and for accounts, which a manager confirms
        :raises AccessError: for who may not decide, or not write the bill
        """
        self._check_person()
        reason = self._checked_reason(reason)
        opened = self.filtered(lambda finding: finding.state == OPEN_STATE)
        held = opened.filtered(lambda finding: finding.code in HOLDING)
        if held:
            raise UserError(
                self.env._(
                    "Where money goes is not dismissed. A manager confirms the account after asking the vendor, by a "
                    "phone number that is not on this bill."
                )
            )
        opened._set_dismissed(reason)
        opened._log_decision("finding_dismissed", reason)
        opened._decide_again()
        return True

    def action_reopen(self):
        """Take a dismissal back."""
        self._check_person()
        dismissed = self.filtered(lambda finding: finding.state == DISMISSED)
        # Nobody writes findings by hand; who may decide was checked.
        dismissed.sudo().write({"state": OPEN_STATE, "dismissed_by_id": False, "dismissed_at": False, "reason": False})
        dismissed._log_decision("finding_reopened")
        dismissed._moves()._ai_hold_payment()
        return True

    def action_confirm(self):
        """A manager confirms that the account is the vendor's: what was posted may be paid.

        :raises AccessError: for who is no manager, or changed that vendor's accounts
        """
        if not (self.env.su or self.env.user.has_group(MANAGER)):
            raise AccessError(self.env._("Only bookkeeping managers confirm where money goes."))
        self._check_target()
        opened = self.filtered(lambda finding: finding.state == OPEN_STATE and finding.code in HOLDING)
        vendors = opened._moves().commercial_partner_id
        if self.env["ai.vendor.change"]._conflicting(vendors) and not self.env.company.sudo().ai_one_person:
            raise AccessError(
                self.env._("You created this vendor or changed its bank account: another manager must confirm it.")
            )
        opened._set_dismissed(self.env._("Confirmed by a manager."))
        opened._log_decision("bank_confirmed")
        opened._moves()._ai_release_payment()
        opened._decide_again()
        return True

    def action_open_twin(self):
        """Open the record that the finding points to."""
        self.ensure_one()
        self.check_access("read")
        if self.twin_model not in self.env or not self.twin_id:
            raise UserError(self.env._("This finding points to no other record."))
        twin = self.env[self.twin_model].browse(self.twin_id)
        if not twin.exists() or not twin.has_access("read"):
            raise UserError(self.env._("The other record is gone, or you may not see it."))
        if twin._name == "account.bank.statement.line":
            twin = twin.move_id
        return {
            "type": "ir.actions.act_window",
            "res_model": twin._name,
            "res_id": twin.id,
            "views": [(False, "form")],
        }

    def action_open(self):
        """Open the document that the finding is about."""
        return self._open_target()

    # === RIGHTS, STORING === #

    def _check_person(self):
        """Reviewers and managers, for bills that they may write."""
        if not (self.env.su or self.env.user.has_group(REVIEWER) or self.env.user.has_group(MANAGER)):
            raise AccessError(self.env._("Only bookkeeping reviewers and managers decide findings."))
        self._check_target()

    def _check_target(self):
        """Nobody writes findings themselves: the right to write what they are about decides."""
        self.check_access("read")
        for records in self._targets().values():
            records.check_access("write")

    def _checked_reason(self, reason):
        reason = " ".join(reason.split()) if isinstance(reason, str) else ""
        if len(reason) < _REASON:
            raise UserError(self.env._("Say in a few words why this does not hold."))
        return reason[:500]

    def _set_dismissed(self, reason):
        # Nobody writes findings by hand; who may decide was checked.
        self.sudo().write(
            {
                "state": DISMISSED,
                "dismissed_by_id": self.env.uid,
                "dismissed_at": fields.Datetime.now(),
                "reason": reason,
            }
        )

    def _moves(self):
        about = self.filtered(lambda finding: finding.res_model == "account.move")
        return self.env["account.move"].browse(about.mapped("res_id")).exists()

    def _log_decision(self, event, note=""):
        """One row a finding, about its document; what a person wrote is kept where it can be erased."""
        self.env["ai.audit.log"]._append(
            event,
            [self.env[finding.res_model].browse(finding.res_id) for finding in self],
            [{"code": finding.code, "finding": finding.id} for finding in self],
            [{"note": note} if note else {} for _finding in self],
        )

    def _decide_again(self):
        """Policies look again at what was held back by these; what a reviewer sent back stays with people."""
        waiting = (
            self.env["ai.suggestion"]
            .sudo()
            .search([("res_model", "=", "account.move"), ("res_id", "in", self._moves().ids), ("state", "=", PENDING)])
        )
        waiting.filtered(lambda s: (s.policy_reason or [""])[0] != "sent_back")._decide_by_policy()
