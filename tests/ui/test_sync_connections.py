from odoo.tests import new_test_user, tagged

from ..bank.files import entry, one
from ..common_browser import BrowserCase

ROLE = "base.group_user,ai_bookkeeper.ai_bookkeeper_group_"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
SHEET = b"Date;Text;Amount\n2026-05-01;Rent;-900\n"


@tagged("post_install", "-at_install")
class TestSyncConnections(BrowserCase):
    """Connections and what comes in, as the people who work with them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.cr.execute("DELETE FROM sync_job; DELETE FROM sync_trouble; DELETE FROM sync_intake")
        cls.env["sync.connection"].search([]).write({"state": "draft"})
        cls.env["sync.connection"].search([]).unlink()
        cls.people = {
            role: new_test_user(cls.env, f"came_{role}", groups=f"{ROLE}{role}")
            for role in ("reviewer", "manager", "auditor")
        }
        for name in ("sequencer", "runner", "worker", "watchdog"):
            cls.env.cr.execute(
                """INSERT INTO sync_tick (name, at) VALUES (%s, clock_timestamp() AT TIME ZONE 'UTC')
                   ON CONFLICT (name) DO UPDATE SET at = EXCLUDED.at""",
                (name,),
            )

    def setUp(self):
        super().setUp()
        self.patch(type(self.env["sync.job"]), "_before_batch", lambda jobs: None)
        self.patch(type(self.env["sync.tick"]), "_beat", lambda ticks, name: None)

    def fill(self):
        """A document that is a draft bill now, a sheet and a statement that ask, and their alarm."""
        company = self.env.company
        self.env["account.journal"].create({"name": "Branch Bank", "code": "BRB", "type": "bank"})
        if not self.env["account.journal"].search_count([("type", "=", "purchase"), ("company_id", "=", company.id)]):
            self.env["account.journal"].create({"name": "Bills", "code": "BLL", "type": "purchase"})
        connection = self.env["sync.connection"].create({"name": "Bank files", "kind": "file"})
        connection._connect()
        intakes = self.env["sync.intake"]
        statement = one(entry("2024-01-10", "121.00", "Invoice 17", "B1"), start=0, end="121.00")
        for name, body in (("bill.pdf", PDF), ("sheet.csv", SHEET), ("march.xml", statement)):
            intakes |= intakes._take(connection, "hook", name, body, name=name)
        with self.enter_registry_test_mode():
            self.env["sync.job"]._run("work", 20)
        self.env.invalidate_all()
        self.assertEqual(intakes.mapped("status"), ["done", "asking", "asking"], intakes.mapped("told"))
        with self.enter_registry_test_mode():
            self.env["sync.watchdog"]._look()
        self.env.invalidate_all()
        return intakes

    def tour(self, name, path, role):
        self.start_tour(f"/odoo/{path}", f"ai_bookkeeper_{name}", login=self.people[role].login)
        self.env.invalidate_all()

    def test_managers_connect(self):
        self.tour("connection_new", "sync-connections", "manager")
        connection = self.env["sync.connection"].search([])
        self.assertEqual((connection.name, connection.state), ("Bank of the branch", "connected"))

    def test_auditors_change_nothing(self):
        self.fill()
        self.tour("connection_read_only", "sync-connections", "auditor")

    def test_reviewers_answer(self):
        _bill, _sheet, statement = self.fill()
        self.tour("intake_answer", "bookkeeping-intake", "reviewer")
        self.assertEqual((statement.state, statement.journal_id.name), ("received", "Branch Bank"))

    def test_reviewers_put_aside(self):
        _bill, sheet, _statement = self.fill()
        self.tour("intake_aside", "bookkeeping-intake", "reviewer")
        self.assertEqual(sheet.state, "dropped")
