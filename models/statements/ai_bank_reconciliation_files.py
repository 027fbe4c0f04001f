"""Bank reconciliation as files: the same statement with all its items, as PDF and as XLSX."""

import re

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import formatLang

from . import reconciliation_pdf, reconciliation_xlsx

WRITERS = {
    "pdf": ("application/pdf", reconciliation_pdf.render),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", reconciliation_xlsx.render),
}


class AiBankReconciliation(models.Model):
    _name = "ai.bank.reconciliation"
    _inherit = "ai.bank.reconciliation"

    @api.model
    def _file(self, journal_id, day, form, version=None):
        """(name, type, bytes) of a statement, for who may read it; see ``statement``.

        :param form: ``pdf`` or ``xlsx``
        """
        self._check_reader()
        if form not in WRITERS:
            raise UserError(self.env._("A statement is printed as PDF or XLSX."))
        sheet = self._whole_sheet(self._journal(journal_id), self._day(day), version)
        mimetype, write = WRITERS[form]
        name = re.sub(r"[^\w.\-]+", "_", f"{sheet['journal']['name']}_{sheet['day']}").strip("_")
        return f"{self.env._('Reconciliation')}_{name}.{form}", mimetype, write(self._printed(sheet), self.env)

    def _whole_sheet(self, journal, day, version):
        """As ``statement`` gives it, with every item."""
        issued = self._issued(journal, day, version)
        if issued:
            sheet = issued._issued_sheet()
            for section in sheet["sections"]:
                section["rows"] = issued._issued_rows(section["name"], section["side"])
            return sheet
        figures, scope = self._live(journal, day)
        sheet = self._sheet(journal, day, figures, self.browse())
        for section in sheet["sections"]:
            is_in = None if not section["side"] else section["side"] == "in"
            section["rows"] = self._shown(self._live_rows(scope, section["name"], is_in))
        return sheet

    def _printed(self, sheet):
        """The sheet as a document's parts: ``title``, ``facts`` [(label, value)], ``proof`` [(label, amount, is
        total)], ``waiting`` [(label, amount, is total)], ``sections``, ``notes``; amounts stay text."""
        figures, sections = sheet["figures"], {(each["name"], each["side"]): each for each in sheet["sections"]}
        return {
            **sheet,
            "title": self.env._("Bank reconciliation statement"),
            "facts": [*self._printed_facts(sheet), *self._printed_values(sheet)],
            "proof": [
                (self.env._("Balance by bank"), figures["bank"]["balance"], True),
                *((reason["text"], reason["amount"], False) for reason in sheet["reasons"]),
                (self.env._("Ledger balance of %s", sheet["journal"]["account"]), figures["ledger"], True),
                (self.env._("Difference"), figures["difference"], True),
            ],
            "waiting": self._printed_waiting(figures, sections),
            "notes": [*filter(None, [sheet["advice"]]), *((sheet.get("since") or {}).get("changes", []))],
        }

    def _printed_facts(self, sheet):
        issued = sheet["issued"]
        facts = [
            (self.env._("Company"), sheet["company"]),
            (self.env._("Journal"), sheet["journal"]["name"]),
            (self.env._("As of"), sheet["day_text"]),
            (self.env._("Balance by bank is the"), sheet["bank_text"]),
        ]
        if not issued:
            return [*facts, (self.env._("State"), self.env._("not issued: as posted when it was printed"))]
        facts.append(
            (
                self.env._("Issued"),
                self.env._("%(who)s (version %(version)s)", who=issued["text"], version=issued["version"]),
            )
        )
        if issued["note"]:
            facts.append((self.env._("Note"), issued["note"]))
        state = self.env._("as issued") if issued["is_intact"] else self.env._("NOT AS ISSUED: see the audit log")
        return [*facts, (self.env._("Digest"), f"{issued['digest']} ({state})")]

    def _printed_values(self, sheet):
        """What an account in another currency comes to in the company's."""
        figures = sheet["figures"]
        if not figures["valued"]:
            return []
        currency = self.env["res.currency"].browse(sheet["company_currency_id"])

        def shown(text):
            return formatLang(self.env, float(text), currency_obj=currency)

        return [
            (self.env._("Ledger in %s", currency.name), shown(figures["company_ledger"])),
            (self.env._("Bank at the day's rate"), shown(figures["valued"]["amount"])),
            (self.env._("Not realised"), shown(figures["valued"]["unrealised"])),
        ]

    def _printed_waiting(self, figures, sections):
        def total(name, side, sign=1):
            found = sections.get((name, side))
            return found and (found["title"], _signed(found["amount"], sign), False)

        rows = [
            (self.env._("Ledger balance"), figures["ledger"], True),
            total("outstanding", "in"),
            total("outstanding", "out"),
            total("unmatched", "in", -1),
            total("unmatched", "out", -1),
            total("suspense", ""),
            (self.env._("Money by the books"), figures["books"], True),
        ]
        return [row for row in rows if row]


def _signed(text, sign):
    if sign > 0 or not text.strip("-0."):
        return text.lstrip("-") if not text.strip("-0.") else text
    return text[1:] if text.startswith("-") else f"-{text}"
