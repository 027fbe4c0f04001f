"""What tests of the audit share: some bookings, sealing, and tampering as the owner of the tables."""

from contextlib import contextmanager

from odoo.tools import SQL

from ..common import BankCase


class AuditCase(BankCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.auditor = cls.make_user("auditor", "auditor")
        cls.manager = cls.make_user("audit_manager", "manager")

    @property
    def log(self):
        return self.env["ai.audit.log"].sudo()

    def book(self, amount=100.0, partner=None):
        """An applied suggestion for one invoice."""
        invoice = self.document(partner or self.northwind, amount)
        return self.booked(self.line(invoice.name, amount), "one")

    def seal(self, complete=False):
        self.env.flush_all()
        with self.enter_registry_test_mode():
            return self.env["ai.audit.seal"]._seal(complete)

    def verify(self, anchor=None):
        return self.env["ai.audit.log"].with_user(self.auditor).verify_chain(anchor)

    def anchor(self):
        seq, head = self.env["ai.audit.seal"].sudo()._last()
        return {"seq": seq, "head": head, "at": "2099-01-01 00:00:00"}

    @contextmanager
    def tampering(self, *tables):
        """The owner of the tables switches the triggers off."""
        tables = tables or ("ai_audit_log", "ai_audit_seal", "ai_audit_identity")
        self.env.flush_all()
        for table in tables:
            self.env.cr.execute(SQL("ALTER TABLE %s DISABLE TRIGGER USER", SQL.identifier(table)))
        yield self.env.cr
        for table in tables:
            self.env.cr.execute(SQL("ALTER TABLE %s ENABLE TRIGGER USER", SQL.identifier(table)))
        self.env.invalidate_all()
