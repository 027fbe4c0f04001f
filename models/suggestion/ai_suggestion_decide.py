"""Deciding: accept, reject, choose; booking in batches."""

from odoo import Command, fields, models
from odoo.exceptions import LockError, UserError, ValidationError

from ...engine.vocabulary import APPLIED, FAILED, OPEN_STATES, PENDING, REJECT_REASONS, REJECTED


class AiSuggestion(models.Model):
    _name = "ai.suggestion"
    _inherit = "ai.suggestion"

    # === PUBLIC: DECIDE === #

    def action_accept(self):
        """Book these suggestions as proposed. Questions are left for a choice; what moved meanwhile is superseded.

        :return: True, or a notification of what could not be booked
        """
        self._check_decider()
        questions = self.filtered("is_question")
        chosen = self - questions
        if questions and not chosen:
            raise UserError(self.env._("This is a question: choose one of its answers."))
        troubles = chosen._accept()
        if questions:
            troubles.append(self.env._("%(count)s questions wait for a choice.", count=len(questions)))
        if troubles:
            return self._notice("\n".join([*troubles[:10], *chosen._second_texts()]), kind="warning")
        seconds = chosen._second_texts()
        return self._notice("\n".join(seconds)) if seconds else True

    def action_reject(self, reason=None, note=None):
        """Reject; what was rejected is not proposed again unless its facts change.

        :param str reason: one of ``vocabulary.REJECT_REASONS``
        """
        self._check_decider()
        if reason and reason not in REJECT_REASONS:
            raise UserError(self.env._("Unknown reason: %(reason)s.", reason=reason))
        waiting = self.filtered(lambda suggestion: suggestion.state in (*OPEN_STATES, FAILED))
        for suggestion in waiting.filtered("is_question"):
            refused = [choice["key_full"] for choice in suggestion.evidence.get("alternatives", [])]
            suggestion.sudo().evidence = {**suggestion.evidence, "refused": refused}
        waiting._move_to(REJECTED, {**self._decision(), "reject_reason": reason, "reject_note": note})
        waiting._log("rejected", [{"reason": reason or ""} for _suggestion in waiting])
        waiting._after_decision("nothing", [["turned_down", {}]])
        return True

    def action_choose(self, key):
        """Take the alternative with this key, the answer of a question or one that had lost, and book it."""
        self.ensure_one()
        self._check_decider()
        choices = (self.evidence or {}).get("alternatives", [])
        choice = next((choice for choice in choices if choice["key"] == key), None)
        if self.state not in OPEN_STATES or not choice:
            raise UserError(self.env._("That answer is not available any more. Propose again."))
        proposer = self._proposer(self.kind)
        # What somebody accepted before was another proposal.
        self._ask_again()
        self.sudo().write(
            {
                **proposer._reading_values(choice),
                "is_question": False,
                # Another answer than the machine's is a change; the machine's own, taken back, is none.
                "is_edited": not self.is_question and (choice.get("lost") or [""])[0] != "lost_edited",
                "evidence": {**self.evidence, **proposer._reading_evidence(choice), "alternatives": choices},
            }
        )
        self._replace_items()
        self._log("chosen", [{"key": key}])
        troubles = self._accept()
        if troubles:
            raise UserError("\n".join(troubles))
        seconds = self._second_texts()
        return self._notice("\n".join(seconds)) if seconds else True

    # === DECIDING === #

    def _accept(self, decision=None):
        """Apply in batches. Returns sentences about those that could not be booked.

        :param dict decision: who decided, as field values; the acting person if left out
        """
        # A caller may name a suggestion twice.
        self |= self.browse()
        waiting = self.filtered(lambda suggestion: suggestion.state in (*OPEN_STATES, FAILED))
        gone = self - waiting
        troubles = [self.env._("%(count)s were decided before.", count=len(gone))] if gone else []
        locked = waiting.sudo().try_lock_for_update().sudo(self.env.su)
        if waiting - locked:
            troubles.append(self.env._("%(count)s are being decided by somebody else.", count=len(waiting - locked)))
        for kind, suggestions in locked.grouped("kind").items():
            troubles += suggestions._apply_kind(self._proposer(kind), decision or self._decision())
        return troubles

    def _apply_kind(self, proposer, decision):
        stale = proposer._stale(self)
        moved = self.filtered(lambda suggestion: suggestion.id in stale)
        for suggestion in moved:
            suggestion._supersede(stale[suggestion.id])
        moved._propose_again()
        troubles = [f"{suggestion.label or suggestion.name}: {stale[suggestion.id]}" for suggestion in moved]
        ready, said = (self - moved)._split_by_duty(proposer)
        return troubles + said + ready._apply_bisecting(proposer, decision)

    def _apply_bisecting(self, proposer, decision):
        """Book all together; if something refuses, find it by halves, so that one bad entry stops only itself."""
        if not self:
            return []
        try:
            with self.env.cr.savepoint():
                self._apply_together(proposer, decision)
            return []
        except (UserError, ValidationError) as error:
            # What the rolled back attempt computed is not true.
            self.env.invalidate_all(flush=False)
            if len(self) > 1:
                half = len(self) // 2
                halves = self[:half], self[half:]
                return [trouble for part in halves for trouble in part._apply_bisecting(proposer, decision)]
            return [self._failed(str(error.args[0] if error.args else error))]

    def _failed(self, message):
        if self.state != FAILED:
            self._move_to(FAILED, {"error": message[:500]})
            self._log("failed", [{"error": message[:500]}])
            self._after_decision("asked", [["failed", {"why": message[:500]}]])
        return f"{self.label or self.name}: {message}"

    def _apply_together(self, proposer, decision):
        moves = proposer._apply(self)
        failed = self.filtered(lambda suggestion: suggestion.state == FAILED)
        failed._move_to(PENDING)
        self._move_to(APPLIED, {**decision, "error": False})
        self._link_moves(moves)
        identities = [{"label": suggestion.label, "partner": suggestion.partner_id.name} for suggestion in self]
        self._log("applied", [{"proposal": suggestion.proposal} for suggestion in self], identities)
        self._supersede_older()
        self._after_decision(None, None)
        for company in self.company_id:
            # What was promised to one of these lines is now paid by it: a return, say, can be recognised.
            self.env["account.bank.statement.line"]._look_again(company, because=("promised", "held", "twin_lines"))

    def _decision(self):
        """A person decides these, all with one click."""
        return {
            "decision": "person",
            "decided_by_id": self.env.uid,
            "decided_at": fields.Datetime.now(),
            "decided_with": self._decided_with(),
        }

    def _decided_with(self):
        """How many were decided with the same click; a client that works in slices tells the whole number."""
        told = self.env.context.get("ai_decided_with")
        return max(len(self), told if isinstance(told, int) else 0)

    def _no_decision(self):
        return {
            "decision": False,
            "decided_by_id": False,
            "decided_at": False,
            "decided_with": 0,
            "approval_ids": [Command.clear()],
        }

    def _link_moves(self, moves):
        """``moves``: {suggestion id: ids of entries made or changed}; one query."""
        rows = [(suggestion_id, move_id) for suggestion_id, ids in moves.items() for move_id in ids]
        if not rows:
            return
        self.env.cr.execute_values(
            "INSERT INTO ai_suggestion_move_rel (ai_suggestion_id, account_move_id) VALUES %s ON CONFLICT DO NOTHING",
            rows,
        )
        self.invalidate_recordset(["move_ids"], flush=False)

    def _after_decision(self, finding, note):
        """Tell the bank lines what became of their suggestion."""
        lines = self.filtered(lambda suggestion: suggestion.res_model == "account.bank.statement.line")
        model = self.env["account.bank.statement.line"]
        if finding:
            model._set_findings(dict.fromkeys(lines.mapped("res_id"), (finding, note)))
        model.invalidate_model(["ai_suggestion_id", "ai_card"], flush=False)

    def _propose_again(self):
        """Look at the records anew; if another run holds the company, its scheduled successor does."""
        try:
            for model, records in self._targets().items():
                for kind in self._leading(self._kinds_for(model)):
                    self._propose(self._proposer(kind), records)
        except LockError:
            self.env.ref("ai_bookkeeper.ir_cron_propose").sudo()._trigger()
