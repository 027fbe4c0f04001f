"""What people do with expected payments: enter, change, pause, end them, take over what the bank shows."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .ai_expected_payment import AMOUNT_FIELDS, ENDED, LINE, PAUSED, RHYTHM_FIELDS, WATCHED

MANAGER = "ai_bookkeeper.ai_bookkeeper_group_manager"
REVIEWER = "ai_bookkeeper.ai_bookkeeper_group_reviewer"
#: What people write; everything else follows the bank.
WRITABLE = frozenset(
    (*RHYTHM_FIELDS, *AMOUNT_FIELDS, "name", "purpose", "pattern", "end_date", "paused_until", "note", "partner_id")
)
#: What people say of a new one.
CREATABLE = WRITABLE | {"company_id", "journal_id", "direction"}


class AiExpectedPayment(models.Model):
    _name = "ai.expected.payment"
    _inherit = "ai.expected.payment"

    @api.model_create_multi
    def create(self, vals_list):
        if self.env.su:
            return super().create([self._with_range(vals) for vals in vals_list])
        prepared = []
        for vals in vals_list:
            if set(vals) - CREATABLE:
                raise AccessError(self.env._("The record of an expected payment follows the bank; nobody writes it."))
            if not vals.get("partner_id"):
                raise UserError(self.env._("Say who pays or is paid: by that the payment is recognised on the bank."))
            prepared.append({**self._with_range(vals), **self._by_person(vals_all=True), "origin": "person"})
        created = super().create(prepared)
        # Computed from what was entered; nobody writes it.
        for expected in created.sudo():
            expected.write({"key": f"partner:{expected.partner_id.commercial_partner_id.id}"})
            expected._follow_calendar()
        created._log("entered")
        return created

    def _with_range(self, vals):
        """An amount alone is a fixed one."""
        amount = vals.get("amount") or 0.0
        return {"amount_low": amount, "amount_high": amount, **{k: v for k, v in vals.items() if v is not None}}

    def _by_person(self, vals_all=False, names=()):
        found = {"set_by_id": self.env.uid, "set_at": fields.Datetime.now()}
        if vals_all or set(names) & set(RHYTHM_FIELDS):
            found["rhythm_set"] = True
        if vals_all or set(names) & set(AMOUNT_FIELDS):
            found["amount_set"] = True
        return found

    def write(self, vals):
        if self.env.su:
            return super().write(vals)
        if set(vals) - WRITABLE:
            raise AccessError(self.env._("The record of an expected payment follows the bank; nobody writes it."))
        self._check_person()
        if "amount" in vals and not {"amount_low", "amount_high"} & set(vals):
            # A new amount alone is the amount from now on.
            vals = {**vals, "amount_low": vals["amount"], "amount_high": vals["amount"], "pattern": "fixed"}
        before = [{name: expected._plain(name) for name in vals} for expected in self]
        result = super().write(vals)
        marks = self._by_person(names=vals)
        # Who may write it was checked; these columns nobody writes by hand.
        self.sudo().write(marks)
        for expected in self.sudo():
            expected._follow_calendar()
        self._log("changed", before)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_entered_only(self):
        if self.env.su:
            return
        self._check_person()
        learned = self.filtered(lambda expected: expected.origin == "learned")
        if learned:
            raise UserError(
                self.env._(
                    "What the bank shows comes back when it is deleted. End %(name)s instead.", name=learned[0].name
                )
            )
        self._log("deleted")

    # === ACTIONS === #

    def action_pause(self):
        """Expect nothing until somebody resumes it, or until the day that is set."""
        return self._set_state(PAUSED, {"paused_from": fields.Date.context_today(self), "paused_until": False})

    def action_resume(self):
        """Expect it again from today on: what did not come meanwhile is no finding."""
        yesterday = fields.Date.subtract(fields.Date.context_today(self), days=1)
        for expected in self:
            values = {"end_date": False, "paused_until": yesterday}
            if expected.state == ENDED and expected.end_date:
                values["paused_from"] = fields.Date.add(expected.end_date, days=1)
            expected._set_state(WATCHED, values)
        return True

    def action_end(self):
        """It ended: nothing is expected any more; what was missing since its last payment is no finding."""
        for expected in self:
            day = expected.last_date or fields.Date.context_today(self)
            expected._set_state(ENDED, {"end_date": day, "paused_from": False, "paused_until": False})
        return True

    def action_watch(self):
        """Watch it, though its record alone would not allow it yet."""
        return self._set_state(WATCHED, {})

    def action_take_learned(self):
        """Take over what the bank shows; it is followed again from now on."""
        self._check_person()
        learned = self.filtered("learned")
        if not learned:
            raise UserError(self.env._("The bank shows no rhythm of this payment yet."))
        for expected in learned.sudo():
            values = {name: expected.learned[name] for name in (*RHYTHM_FIELDS, "pattern")}
            values |= {name: float(expected.learned[name]) for name in AMOUNT_FIELDS}
            expected.write({**values, "rhythm_set": False, "amount_set": False})
            expected._follow_calendar()
        learned._log("taken")
        self._look_again()
        return True

    def action_open_lines(self):
        """Open the bank lines that were this payment."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": LINE,
            "views": [(False, "list"), (False, "form")],
            "domain": [("id", "in", self.line_ids_json or [])],
        }

    def action_open_findings(self):
        """Open what was found about it."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("ai_bookkeeper.ai_finding_action")
        action["domain"] = [("res_model", "=", self._name), ("res_id", "=", self.id)]
        return action

    def action_look_again(self):
        """Look at the bank anew, whatever is selected: what recurs, what did not come."""
        self._check_role()
        for company in self.env.companies:
            self._refresh(company)
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    # === RIGHTS, STORING === #

    def _check_role(self):
        if not (self.env.su or self.env.user.has_group(REVIEWER) or self.env.user.has_group(MANAGER)):
            raise AccessError(self.env._("Only bookkeeping reviewers and managers say what is expected."))

    def _check_person(self):
        self._check_role()
        self.check_access("write")

    def _set_state(self, state, values):
        self._check_person()
        before = [{"state": expected.state} for expected in self]
        # The right was checked; nobody writes the state by hand.
        self.sudo().write({"state": state, **values, "set_by_id": self.env.uid, "set_at": fields.Datetime.now()})
        self._log(state, before)
        self._look_again()
        return True

    def _look_again(self):
        for company in self.company_id:
            self._find(company)

    def _follow_calendar(self):
        """``next_date`` after the last payment, or from today on."""
        today = fields.Date.context_today(self)
        for expected in self:
            rhythm = expected._rhythm()
            if expected.state == ENDED:
                expected.next_date = False
            elif expected.last_date:
                expected.next_date = rhythm.due(rhythm.nearest(expected.last_date) + 1)
            else:
                expected.next_date = rhythm.after(fields.Date.subtract(min(expected.first_date, today), days=1))

    def _log(self, what, before=None):
        before = before or [{}] * len(self)
        payloads = [
            {"what": what, "before": old, "after": {name: expected._plain(name) for name in old}}
            for expected, old in zip(self, before, strict=True)
        ]
        self.env["ai.audit.log"]._append("expected_changed", self, payloads)

    def _plain(self, name):
        """Figures and words of choice only: a name or a note may tell of people, and stays out of the log."""
        value = self[name]
        if self._fields[name].type in ("selection", "boolean", "integer", "float", "monetary"):
            return value
        return value.isoformat() if hasattr(value, "isoformat") else ""
