"""Cut-over: which imports need one, and what older files may no longer bring in."""

from odoo import api, models
from odoo.tools import format_date, formatLang

from ...engine import cutover
from ..bank import import_plan as plans
from . import cut_over_queries as queries


class AiCutOver(models.Model):
    _name = "ai.cut.over"
    _inherit = "ai.cut.over"

    @api.model
    def _of(self, journal, *states):
        """The cut-over of a journal in one of these states; whoever imports follows it."""
        return self.sudo().search([("journal_id", "=", journal.id), ("state", "in", states)], limit=1)

    @api.model
    def _weigh(self, plan):
        """Leave out of ``plan`` what the books had before the cut-over; say whether it has to wait for one."""
        done = self._of(plan.journal, "done")
        if done:
            done._leave_out(plan)
        elif plan.new and not plan.mine and self._is_needed(plan.journal):
            self._say_it_waits(plan)

    def _leave_out(self, plan):
        taken = set((self.said or {}).get("taken") or ())
        kept = [new for new in plan.new if new.line.date > self.date or new.key in taken]
        count = len(plan.new) - len(kept)
        if count:
            plan.new, plan.known = kept, plan.known + count
            plan.notes.append(["before_cut_over", {"count": count, "date": format_date(self.env, self.date)}])

    @api.model
    def _is_needed(self, journal):
        """The journal has no bank lines, and its account holds what people posted by hand."""
        lines = self.env["account.bank.statement.line"].sudo().with_context(active_test=False)
        if not journal.default_account_id or lines.search_count([("journal_id", "=", journal.id)], limit=1):
            return False
        self.env["account.move.line"].flush_model()
        self.env["account.move"].flush_model()
        return bool(self.env.execute_query(queries.has_entries(journal)))

    @api.model
    def _say_it_waits(self, plan):
        """It waits, unless the balance of all that was posted is what the file opens with: nothing is doubled then."""
        currency = plans.journal_currency(plan.journal)
        first = min(new.line.date for new in plan.new)
        [(count, last, later, before, brought, is_opening)] = self.env.execute_query(
            queries.eve(plan.journal, currency.id, first)
        )
        opening, _balances = cutover.running(self._stretches(plan))
        if opening is None:
            # Nothing to compare with; but what only brings a balance in is no movement of the bank.
            shown = {round(float(new.line.amount), currency.decimal_places) for new in plan.new}
            agrees = is_opening and not shown & {round(float(amount), currency.decimal_places) for amount in brought}
        else:
            agrees = not currency.compare_amounts(float(before or 0), float(opening))
        if agrees and not later and not self._of(plan.journal, "open"):
            values = {
                "count": count,
                "date": format_date(self.env, first),
                "balance": formatLang(self.env, float(before or 0), currency_obj=currency),
            }
            plan.notes.append(["cut_over_agrees", values])
        else:
            plan.waits = True
            plan.notes.append(["cut_over_waits", {"count": count, "date": format_date(self.env, last)}])

    @api.model
    def _prepare(self, journal):
        return {
            "journal_id": journal.id,
            "company_id": journal.company_id.id,
            "currency_id": plans.journal_currency(journal).id,
        }
