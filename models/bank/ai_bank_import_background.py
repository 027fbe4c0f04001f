"""Large bank files: jobs of the queue carry them out in slices, all or nothing."""

import logging

from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import split_every

from . import ai_bank_import as imports
from . import import_plan as plans

_logger = logging.getLogger(__name__)


class AiBankImport(models.Model):
    """``_carry_on`` does one slice and leaves the books such that the next one, or the first one after a kill, goes on:
    the keys of the lines tell what is there."""

    _name = "ai.bank.import"
    _inherit = "ai.bank.import"

    # === JOBS === #

    def _enqueue(self, task):
        """Have the queue do ``task`` with each of these: "import", or "remove" what it made."""
        return self.env["sync.job"]._enqueue(
            [
                {
                    "kind": "import",
                    "res_model": record._name,
                    "res_id": record.id,
                    "company_id": record.company_id.id,
                    "user_id": self.env.uid,
                    "payload": {"task": task},
                    "dedup_key": f"import:{record.id}:{task}",
                    "order_key": f"import:journal:{record.journal_id.id}",
                }
                for record in self.sudo()
            ]
        )

    def _jobs(self, *states):
        """The jobs about these imports; they belong to the queue, whoever acts."""
        return (
            self.env["sync.job"]
            .sudo()
            .search([("res_model", "=", self._name), ("res_id", "in", self.ids), ("state", "in", states)])
        )

    def _retry_jobs(self):
        """Go on with the jobs that failed, or with new ones where none is left."""
        for record in self:
            jobs = record._jobs("failed", "dead").filtered(lambda job: (job.payload or {}).get("task") == "import")
            if jobs:
                jobs.action_retry()
            else:
                record._enqueue("import")

    def _drop_jobs(self):
        """Nothing is left to be done for these imports: what failed asks for nobody's attention any more."""
        jobs = self._jobs("pending", "waiting", "failed", "dead")
        if jobs:
            jobs.action_cancel()

    # === SLICES === #

    def _as_importer(self):
        """The record in the environment of who imported: rights, language and lock exceptions are that person's."""
        company_ids = self.company_id.ids
        user = self.user_id
        return self.with_user(user).with_context(lang=user.lang, tz=user.tz, allowed_company_ids=company_ids)

    def _carry_on(self, task, has_time):
        """Do a slice of ``task``.

        :param callable has_time: whether another batch may begin
        :return: True when nothing is left to be done
        :raise UserError: the import failed; what it had made is being taken away
        """
        if self.removing:
            # What the importer made may go, also when that person has lost the right meanwhile.
            is_gone = self._remove_slice(has_time)
            return is_gone and task == "remove"
        if task == "remove" or self.state in ("done", "undone"):
            return True
        if self.state == "failed":
            # Somebody retries its job: from the beginning, for nothing of it was left.
            self._move_to("queued", error=False, progress=0.0)
        return self._as_importer()._import_slice(has_time)

    def _import_slice(self, has_time):
        self._check_importer()
        if self.state == "queued":
            self._move_to("running", started=self.started or fields.Datetime.now())
        plan = self._resumed_plan()
        total = len(plan.mine) + len(plan.new)
        done = len(plan.mine)
        for batch in split_every(imports.BATCH, plan.new, list):
            self._create_lines(plan, batch)
            done += len(batch)
            self.sudo().write({"created_count": done, "progress": 99.0 * done / total})
            self.env.flush_all()
            self.env.invalidate_all()
            if done < total and not has_time():
                return False
        self._finish(plan)
        return True

    def _remove_slice(self, has_time):
        """Take lines away, a batch at a time; True when none is left."""
        self._check_untouched()
        self._remove_statements()
        total = self.created_count or len(self.line_ids) or 1
        while self.line_ids:
            self.line_ids[: imports.BATCH].unlink()
            self.progress = min(100.0 * len(self.line_ids) / total, 100.0)
            self.env.flush_all()
            self.env.invalidate_all()
            if self.line_ids and not has_time():
                return False
        self._removed()
        return True

    def _resumed_plan(self):
        """Read the kept file again; what this import made already is not new."""
        request = {
            "filename": self.name,
            "data": self.sudo().attachment_id.raw or b"",
            "mapping": self.mapping,
            "account": self.account_number,
            "currency": self.currency_code,
        }
        journal = self._journal(self.journal_id.id)
        part = self._choose_part(journal, self._parts(request, journal), request)
        return plans.make_plan(journal, part, own_import=self)

    # === FAILING === #

    def _give_up(self, error):
        """Note what went wrong and have everything that the import made taken away again. Returns the sentence."""
        if not isinstance(error, UserError | AccessError):
            _logger.error("Import %s of bank file %r failed", self.id, self.name, exc_info=error)
        sentence = str(error.args[0]) if error.args else type(error).__name__
        record = self.sudo()
        if record.removing:
            # Taking away failed: what is left stays visible, and undo can be tried again.
            record.write({"removing": False, "error": f"{record.error or ''}\n{sentence}".strip()})
            if record.state in ("queued", "running"):
                record._move_to("failed", ended=fields.Datetime.now())
            return sentence
        record.error = sentence
        if record.line_ids:
            record.removing = True
            record._enqueue("remove")
        else:
            record._move_to("failed", ended=fields.Datetime.now(), progress=0.0)
        return sentence
