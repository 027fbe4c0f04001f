"""Imports that wait for a cut-over, and what it makes of them."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..bank import import_plan as plans


class AiBankImport(models.Model):
    _name = "ai.bank.import"
    _inherit = "ai.bank.import"

    cut_over_id = fields.Many2one("ai.cut.over", string="Cut-Over", readonly=True, ondelete="set null", index=True)

    # === HOLDING === #

    @api.model
    def _hold(self, plan, request):
        """Keep the file, and write nothing to the books before the cut-over is accepted."""
        cut_over = self.env["ai.cut.over"]
        found = cut_over._of(plan.journal, "open") or cut_over.sudo().create(cut_over._prepare(plan.journal))
        record = self._keep(plan, request)
        record._move_to("held", cut_over_id=found.id)
        payload = {"checksum": record.checksum, "journal_id": plan.journal.id, "lines": record.line_count}
        self.env["ai.audit.log"]._append("import_held", record, [payload])
        return record

    def _offer_cut_over(self):
        """Work out what these that wait need."""
        self.filtered(lambda record: record.state == "held").cut_over_id._refresh()

    def _held_plan(self):
        """What the kept file holds now. A person saw its account when it was held."""
        request = {
            "filename": self.name,
            "data": self.sudo().attachment_id.raw or b"",
            "mapping": self.mapping,
            "account": self.account_number,
            "currency": self.currency_code,
        }
        journal = self._journal(self.journal_id.id)
        part = self._choose_part(journal, self._parts(request, journal), request)
        return plans.make_plan(journal, part, allow_other_account=True)

    def action_open_cut_over(self):
        """Show the cut-over that this import waits for, or came with."""
        self.check_access("read")
        self.cut_over_id.check_access("read")
        if len(self.cut_over_id) != 1:
            raise UserError(self.env._("These imports do not wait for one cut-over."))
        return self.cut_over_id._open()

    # === CARRYING OUT === #

    def _release(self):
        """Import what waited, now that the cut-over says from which day on."""
        done = [(record, record._held_plan()) for record in self.sorted("id")]
        problems = [sentence for _record, plan in done for _code, sentence in plan.problems]
        if problems:
            raise UserError("\n".join(problems))
        background = sum(len(plan.new) for _record, plan in done) > self._background_lines()
        for record, _plan in done:
            record._lock_journal(record.journal_id)
            # An earlier one of these may have brought some of the lines.
            plan = record._held_plan()
            record.sudo().write({"duplicate_count": plan.known, "notes": plan.notes})
            record._carry_out(plan, background)

    @api.model
    def _start(self, plan, request, background):
        agreed = any(code == "cut_over_agrees" for code, _values in plan.notes)
        first = min((new.line.date for new in plan.new), default=None)
        record = super()._start(plan, request, background)
        if agreed and first:
            self.env["ai.cut.over"]._note_agreement(record, first - timedelta(days=1))
        return record

    def _make_statements(self, plan):
        """Where the file tells no balance, what a person told is what the lines begin with."""
        result = super()._make_statements(plan)
        cut_over = self.cut_over_id.sudo()
        news = [*plan.mine, *plan.new]
        if cut_over.is_bank_stated and not self.statement_ids and news and self._begins(cut_over):
            made = self.env["account.bank.statement.line"].search([("ai_import_id", "=", self.id)])
            total = sum(made.mapped("amount"))
            values = {
                "reference": self.name,
                "balance_start": cut_over.bank_balance,
                "balance_end_real": self.journal_id.company_id.currency_id.round(cut_over.bank_balance + total),
                "line_ids": [fields.Command.set(made.ids)],
            }
            statement = self.env["account.bank.statement"].with_company(self.company_id).create(values)
            self.sudo().statement_ids = statement
        return result

    def _begins(self, cut_over):
        """Whether it is the first of the files, and brought nothing older than the cut-over."""
        lines = self.env["account.bank.statement.line"].search([("ai_import_id", "=", self.id)])
        is_first = self == cut_over.import_ids.sorted("id")[:1]
        return is_first and not lines.filtered(lambda line: line.date <= cut_over.date)

    # === UNDOING === #

    def _removed(self):
        cut_over = self.cut_over_id
        result = super()._removed()
        cut_over._refresh()
        # What a file showed to agree was said of that file.
        gone = cut_over.filtered(
            lambda found: found.is_automatic and found.state == "done" and not found.import_ids.line_ids
        )
        gone._move_to("undone")
        return result

    @api.model
    def _intake_outcome(self, imports):
        waiting = imports.filtered(lambda record: record.state == "held")
        if not waiting:
            return super()._intake_outcome(imports)
        template = self.env._(
            "%(names)s: the account holds entries that were posted by hand, so the file waits for a cut-over. Open "
            "Statements > Cut-Over."
        )
        told = template % {"names": ", ".join(waiting.journal_id.mapped("display_name"))}
        rest = imports - waiting
        return f"{super()._intake_outcome(rest)}; {told}" if rest else told
