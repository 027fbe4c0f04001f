"""Reading payment files: what they hold, and whether they were read before."""

import hashlib

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...engine.text import squeeze
from ...readers.bankfile import BankFileError
from ...readers.payment_file import MAX_BYTES, read_pain
from ..bank.import_reading import decoded, error_sentence


class AiPaymentRunTake(models.AbstractModel):
    """The reading half of payment files."""

    _name = "ai.payment.run.take"
    _description = "Payment File Reading"

    @api.model
    def _read(self, filename, data):
        """The ``PaymentFile``; a UserError in words otherwise."""
        if len(data) > MAX_BYTES:
            raise UserError(self.env._("%(file)s is too large for a payment file.", file=filename))
        try:
            return read_pain(data)
        except BankFileError as error:
            raise UserError(error_sentence(self.env, filename, error)) from error

    @api.model
    def _take(self, filename, data, journal=None):
        """Keep the batches of a file, or what a status report says of those that are kept.

        :param str filename: as the person calls it
        :param bytes data: the file
        :param journal: account.journal of batches whose own account is unknown, or none
        :return: ai.payment.run
        """
        file = self._read(filename, data)
        if file.format == "pain.002":
            return self._report(filename, file)
        checksum = hashlib.sha256(data).hexdigest()
        journals = [self._journal(filename, block, journal) for block in file.blocks]
        self._check_new(filename, file, checksum, journals)
        values = [
            self._run_values(filename, file, block, own, checksum)
            for block, own in zip(file.blocks, journals, strict=True)
        ]
        # People have the right to read files, not to write what was read.
        runs = self.env["ai.payment.run"].sudo().create(values)
        self._find_partners(runs.line_ids)
        payloads = [{"checksum": checksum, "orders": run.line_count, "direction": run.direction} for run in runs]
        self.env["ai.audit.log"]._append("run_taken", runs, payloads)
        runs = runs.sudo(self.env.su)
        runs._propose()
        return runs

    @api.model
    def _journal(self, filename, block, chosen):
        """The bank journal that the batch is paid from or to."""
        journals = self.env["account.journal"]
        domain = [("type", "in", ("bank", "cash", "credit")), ("company_id", "in", self.env.companies.ids)]
        own = journals.search(domain)
        found = own.filtered(
            lambda each: block.account and squeeze(each.bank_account_id.acc_number or "") == block.account
        )
        if len(found) > 1 and chosen in found:
            found = chosen
        if not found and chosen and not chosen.bank_account_id:
            found = chosen
        if not found and not block.account and chosen:
            found = chosen
        if len(found) == 1:
            found.check_access("read")
            self._check_currency(filename, block, found)
            return found
        if len(found) > 1:
            raise UserError(self.env._("%(file)s: several journals have this account. Choose one.", file=filename))
        raise UserError(
            self.env._(
                "%(file)s is for the account %(account)s, which is no bank journal's of your companies. Switch to the "
                "company that it belongs to, or set the account number on its journal.",
                file=filename,
                account=f"…{block.account[-4:]}" if block.account else "?",
            )
        )

    @api.model
    def _check_currency(self, filename, block, journal):
        currency = journal.currency_id or journal.company_id.currency_id
        if block.currency != currency.name:
            raise UserError(
                self.env._(
                    "%(file)s pays in %(currency)s, but %(journal)s is in %(own)s: the bank converts each payment, so "
                    "no sum can be expected. Match its bank lines one by one.",
                    file=filename,
                    currency=block.currency,
                    journal=journal.display_name,
                    own=currency.name,
                )
            )

    @api.model
    def _check_new(self, filename, file, checksum, journals):
        """The same file, or another copy of its batches, is not read twice."""
        companies = {journal.company_id.id for journal in journals}
        runs = self.env["ai.payment.run"].sudo()
        known = runs.search([("checksum", "=", checksum), ("company_id", "in", list(companies))], limit=1)
        for block in file.blocks:
            if file.message and block.name and not known:
                domain = [
                    ("message", "=", file.message),
                    ("name", "=", block.name),
                    ("company_id", "in", list(companies)),
                ]
                known = runs.search(domain, limit=1)
        if known:
            raise UserError(
                self.env._(
                    "%(file)s was read already on %(date)s: %(name)s. Remove that one first if it was wrong.",
                    file=filename,
                    date=fields.Date.to_string(known.create_date),
                    name=known.name,
                )
            )

    @api.model
    def _run_values(self, filename, file, block, journal, checksum):
        currency = journal.currency_id or journal.company_id.currency_id
        company = journal.company_id
        return {
            "name": block.name or file.message or filename,
            "message": file.message,
            "filename": filename[:200],
            "checksum": checksum,
            "direction": block.kind,
            "is_wages": block.is_wages,
            "company_id": company.id,
            "journal_id": journal.id,
            "wage_journal_id": self._wage_journal(company).id if block.is_wages else False,
            "date": block.date or fields.Date.context_today(self),
            "currency_id": currency.id,
            "amount": float(block.total),
            "line_count": len(block.orders),
            "notes": "\n".join(self._note(code, values) for code, values in file.notes) or False,
            "line_ids": [fields.Command.create(self._order_values(order)) for order in block.orders],
        }

    @api.model
    def _order_values(self, order):
        text = " ".join([*order.references, order.text]).strip()
        return {
            "sequence": order.position,
            "end_to_end": order.end_to_end or order.instruction or False,
            "name": order.name or False,
            "account_number": order.account or False,
            "text": text[:1000] or False,
            "mandate": order.mandate or False,
            "amount": float(order.amount),
        }

    @api.model
    def _note(self, code, values):
        if code == "count_differs":
            return self.env._("The file says that it holds %(told)s payments, but holds %(count)s.", **values)
        return self.env._("The file says that its sum is %(told)s, but it is %(sum)s.", **values)

    @api.model
    def _wage_journal(self, company):
        """The journal in which this company's net wages were last accrued."""
        domain = [
            ("company_id", "=", company.id),
            ("account_id", "in", company._ai_wage_accounts().ids),
            ("parent_state", "=", "posted"),
            ("journal_id.type", "=", "general"),
        ]
        # Whoever reads the file: the journal decides who sees it.
        return self.env["account.move.line"].sudo().search(domain, order="date desc, id desc", limit=1).journal_id

    # === PARTNERS === #

    @api.model
    def _find_partners(self, orders):
        """Whom orders are for, by account number, else by a name that only one has; two queries."""
        todo = orders.filtered(lambda order: not order.partner_id and order.state == "sent")
        if not todo:
            return
        by_company = todo.grouped("company_id")
        for company, mine in by_company.items():
            accounts = self._by_account(company, {key for key in mine.mapped("account_key") if key})
            names = self._by_name(company, {order.name for order in mine if order.name})
            for order in mine:
                partner_id = accounts.get(order.account_key) or names.get((order.name or "").lower())
                if partner_id:
                    order.partner_id = partner_id

    @api.model
    def _by_account(self, company, keys):
        banks = self.env["res.partner.bank"].sudo()
        domain = [("sanitized_acc_number", "in", list(keys)), ("company_id", "in", (False, company.id))]
        found = {}
        for bank in banks.search(domain):
            found.setdefault(squeeze(bank.sanitized_acc_number or ""), set()).add(
                self._books_partner(bank.partner_id).id
            )
        return {key: ids.pop() for key, ids in found.items() if len(ids) == 1}

    @api.model
    def _by_name(self, company, names):
        partners = self.env["res.partner"].sudo()
        domain = (
            Domain.OR([Domain("name", "=ilike", _literal(name)) for name in sorted(names)]) if names else Domain.FALSE
        )
        found = {}
        for partner in partners.search(domain & Domain("company_id", "in", (False, company.id))):
            found.setdefault((partner.name or "").lower(), set()).add(self._books_partner(partner).id)
        return {name: ids.pop() for name, ids in found.items() if len(ids) == 1}

    @api.model
    def _books_partner(self, partner):
        """The partner that journal items carry; an employee of one's own company is a person of their own."""
        return partner.commercial_partner_id

    # === STATUS REPORTS === #

    @api.model
    def _report(self, filename, file):
        """What the bank refused: those orders are not waited for."""
        runs = self.env["ai.payment.run"].search([("message", "in", list({s.message for s in file.statuses} - {""}))])
        if not runs:
            raise UserError(
                self.env._(
                    "%(file)s reports about a payment file that was not read here. Read that file first.", file=filename
                )
            )
        for status in file.statuses:
            if status.is_rejected:
                self._refuse(runs, status)
        payloads = [{"report": file.message, "refused": len(run.line_ids.filtered("reason"))} for run in runs.sudo()]
        self.env["ai.audit.log"]._append("run_changed", runs, payloads)
        runs._propose()
        return runs

    @api.model
    def _refuse(self, runs, status):
        mine = runs.sudo().filtered(lambda run: not status.block or run.name == status.block)
        key = squeeze(status.end_to_end)
        orders = mine.line_ids.filtered(
            lambda order: order.state == "sent" and (not key or order.end_to_end_key == key)
        )
        orders.write({"state": "rejected", "reason": status.reason or status.status})


class AiPaymentRun(models.Model):
    _name = "ai.payment.run"
    _inherit = "ai.payment.run"

    @api.model
    def take_file(self, filename, content_base64, journal_id=None):
        """Read a payment file (pain.001, pain.008) or the bank's report on one (pain.002).

        :param str filename: as the person calls it
        :param str content_base64: the file
        :param int journal_id: bank journal of batches that name no account of theirs
        :return: ids of ``ai.payment.run``
        """
        self._check_taker()
        name = str(filename or self.env._("payment file"))[:200]
        data = decoded(self.env, name, content_base64)
        journal = self.env["account.journal"].browse(journal_id if isinstance(journal_id, int) else ()).exists()
        journal.check_access("read")
        return self.env["ai.payment.run.take"]._take(name, data, journal).ids


def _literal(name):
    """``name`` where % and _ are characters, for an operator that knows them as wildcards."""
    return name.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
