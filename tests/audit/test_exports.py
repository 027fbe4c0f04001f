"""Evidence leaves as a zip that proves itself without Odoo."""

import hashlib
import io
import json
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import AuditCase

PERIOD = {"scope": "period", "date_from": "2026-03-01", "date_to": "2026-03-31"}


@tagged("post_install", "-at_install")
class TestExports(AuditCase):
    def setUp(self):
        super().setUp()
        self.suggestion = self.book(100.0)
        self.other = self.book(200.0, self.yonder)
        invoice = self.suggestion.sudo().item_ids.move_line_id.move_id
        self.env["ir.attachment"].create(
            {"name": "../in/voice <1>.txt", "raw": b"the invoice", "res_model": "account.move", "res_id": invoice.id}
        )
        self.seal()

    def export(self, user=None, **values):
        self.env.flush_all()
        with self.enter_registry_test_mode():
            exports = self.env["ai.audit.export"].with_user(user or self.auditor)
            action = exports.action_export(**{**PERIOD, **values})
        self.env.invalidate_all()
        return exports.browse(action["res_id"])

    def open(self, export):
        return zipfile.ZipFile(io.BytesIO(export.sudo().attachment_id.raw))

    def evidence(self, archive):
        return json.loads(archive.read("evidence.json"))

    def unpacked(self, export):
        folder = tempfile.TemporaryDirectory(prefix="aib-export-")
        self.addCleanup(folder.cleanup)
        self.open(export).extractall(folder.name)
        return Path(folder.name)

    def verify_files(self, path, *arguments):
        """verify.py as somebody without Odoo runs it."""
        script = path / "verify.py" if path.is_dir() else path.parent / "verify.py"
        command = [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, {str(script.parent)!r}); "]
        command[-1] += f"sys.argv[1:] = {[str(path), *arguments]!r}; import runpy; "
        command[-1] += f"runpy.run_path({str(script)!r}, run_name='__main__')"
        return subprocess.run(command, capture_output=True, text=True, cwd="/", check=False)

    # === WHAT IS IN IT === #

    def test_the_evidence_of_a_period(self):
        export = self.export()
        self.assertEqual((export.state, export.total_count, export.error), ("done", 2, False))
        archive = self.open(export)
        entry = next(each for each in self.evidence(archive) if each["id"] == self.suggestion.id)
        self.assertEqual((entry["decided_by"], entry["tier"], entry["amount"]), (self.reviewer.name, "Match", "100.00"))
        self.assertTrue(entry["reasons"])
        self.assertEqual([event["event"] for event in entry["history"]][:3], ["proposed", "accepted", "applied"])
        self.assertEqual(entry["after"]["counterparts"][0]["open"], "0.00")
        self.assertTrue(any(line["balance"] == "-100.00" for line in entry["entries"]))
        self.assertIn("data_used", entry)
        names = archive.namelist()
        for name in ("index.html", "summary.pdf", "log.jsonl", "seals.jsonl", "verify.py", "chain.py", "README.txt"):
            self.assertIn(name, names)
        [document] = [name for name in names if name.startswith("documents/")]
        self.assertNotIn("..", document)
        self.assertEqual(archive.read(document), b"the invoice")
        self.assertTrue(archive.read("summary.pdf").startswith(b"%PDF"))
        page = archive.read("pages/0001.html").decode()
        self.assertIn(self.reviewer.name, page)
        log = self.log.search([("event", "=", "exported")])
        self.assertEqual((log.user_id, log.payload["suggestions"]), (self.auditor.id, 2))
        self.assertEqual(log.payload["manifest_digest"], export.manifest_digest)

    def test_bank_text_is_text(self):
        line = self.line("<script>alert(1)</script>", -7.0)
        self.by_hand(line, write_off=[{"account_id": self.expense.id, "amount": "-7.00", "reason": "manual"}])
        archive = self.open(self.export())
        page = archive.read("pages/0001.html").decode()
        self.assertNotIn("<script>alert", page)
        self.assertIn("&lt;script&gt;", page)

    def test_one_entry(self):
        move = self.suggestion.sudo().statement_line_id.move_id.with_user(self.auditor)
        self.env.flush_all()
        with self.enter_registry_test_mode():
            action = move.action_ai_export_evidence()
        archive = self.open(self.env["ai.audit.export"].browse(action["res_id"]))
        self.assertEqual([entry["id"] for entry in self.evidence(archive)], self.suggestion.ids)

    def test_one_person_is_printed(self):
        self.company.write(
            {"ai_one_person": True, "ai_one_person_by_id": self.manager.id, "ai_one_person_reason": "Sole trader"}
        )
        archive = self.open(self.export())
        self.assertIn("Sole trader", archive.read("index.html").decode())
        self.assertIn("Sole trader", archive.read("manifest.json").decode())

    def test_changes_outside_are_looked_for_first(self):
        items = self.suggestion.sudo().statement_line_id.move_id.line_ids
        items.remove_move_reconcile()
        archive = self.open(self.export())
        entry = next(each for each in self.evidence(archive) if each["id"] == self.suggestion.id)
        self.assertIn("Unreconciled", entry["changed_outside"])
        self.assertIn("changed_outside", [event["event"] for event in entry["history"]])

    # === IT PROVES ITSELF === #

    def test_the_verifier_needs_no_odoo(self):
        folder = self.unpacked(self.export())
        done = self.verify_files(folder)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn("WHOLE", done.stdout)

    def test_the_verifier_reads_the_zip_and_an_anchor(self):
        export = self.export()
        folder = self.unpacked(export)
        packed = folder.parent / f"{folder.name}.zip"
        packed.write_bytes(export.sudo().attachment_id.raw)
        (folder.parent / "verify.py").write_bytes((folder / "verify.py").read_bytes())
        (folder.parent / "chain.py").write_bytes((folder / "chain.py").read_bytes())
        anchor = folder.parent / "anchor.json"
        anchor.write_text(json.dumps(self.anchor()))
        for file in (packed, anchor, folder.parent / "verify.py", folder.parent / "chain.py"):
            self.addCleanup(file.unlink)
        done = self.verify_files(packed, "--anchor", str(anchor))
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn("1 of 1 anchors", done.stdout)
        anchor.write_text(json.dumps({**self.anchor(), "head": "0" * 64}))
        self.assertEqual(self.verify_files(packed, "--anchor", str(anchor)).returncode, 1)

    def test_the_verifier_finds_each_change(self):
        export = self.export()
        whole = self.unpacked(export)
        for name in ("log.jsonl", "seals.jsonl", "identities.jsonl", "evidence.json", "summary.pdf"):
            with self.subTest(name):
                folder = self.unpacked(export)
                data = (folder / name).read_bytes()
                (folder / name).write_bytes(data.replace(b"100.00", b"900.00", 1)[:-3] + b"\n")
                self.assertIn(self.verify_files(folder).returncode, (1, 2))
        self.assertEqual(self.verify_files(whole).returncode, 0)

    def test_the_verifier_finds_what_a_forger_listed_anew(self):
        """The forger changes the file and its hash in the list, and the row's digest too."""
        changes = {
            "log.jsonl": (b'"event": "applied"', b'"event": "chosen"'),
            "evidence.json": (b'"100.00"', b'"900.00"'),
            "identities.jsonl": (b"Northwind", b"Southwind"),
        }
        export = self.export()
        for name, (old, new) in changes.items():
            with self.subTest(name):
                folder = self.unpacked(export)
                data = (folder / name).read_bytes()
                self.assertIn(old, data)
                (folder / name).write_bytes(data.replace(old, new))
                manifest = json.loads((folder / "manifest.json").read_text())
                manifest["files"][name] = hashlib.sha256((folder / name).read_bytes()).hexdigest()
                (folder / "manifest.json").write_text(json.dumps(manifest))
                done = self.verify_files(folder)
                self.assertEqual(done.returncode, 1, done.stdout)

    # === RIGHTS === #

    def test_it_holds_what_its_auditor_may_see(self):
        closed = self.setup_other_company()
        auditor = self.make_user("far_auditor", "auditor", company=closed["company"])
        with self.assertRaises(UserError):
            self.export(auditor)
        both = self.make_user("both", "auditor", company=closed["company"])
        both.company_ids = [Command.link(self.company.id)]
        exports = self.env["ai.audit.export"].with_user(both)
        with self.assertRaises(UserError):
            exports.with_context(allowed_company_ids=closed["company"].ids).action_export(
                "selection", suggestion_ids=self.suggestion.ids
            )

    def test_others_do_not_read_it(self):
        export = self.export()
        for user in (self.make_user("second_auditor", "auditor"), self.manager):
            with self.assertRaises(AccessError):
                export.with_user(user).read(["state"])
            with self.assertRaises(AccessError):
                export.attachment_id.with_user(user).read(["raw"])
        self.assertTrue(export.attachment_id.with_user(self.auditor).raw)

    def test_auditors_and_managers_export_and_nobody_else(self):
        self.assertEqual(self.export(self.manager).state, "done")
        for user in (self.reviewer, self.make_user("export_agent", "agent", groups="")):
            with self.assertRaises(AccessError):
                self.env["ai.audit.export"].with_user(user).action_export(**PERIOD)
        with self.assertRaises(AccessError):
            self.env["ai.audit.export"].with_user(self.auditor).action_export("log")
        with self.assertRaises(UserError):
            self.env["ai.audit.export"].with_user(self.auditor).action_export("period", "2026-04-01", "2026-03-01")
        with self.assertRaises(UserError):
            self.env["ai.audit.export"].with_user(self.auditor).action_export("everything")

    # === THE WHOLE LOG, AND UNINSTALLING === #

    def administrator(self):
        return self.make_user("administrator", "manager", groups="base.group_user,base.group_system")

    def test_the_whole_log_lets_the_addon_go(self):
        module = self.env.ref("base.module_ai_bookkeeper").sudo()
        administrator = self.administrator()
        with self.assertRaisesRegex(UserError, "Exports of Evidence"):
            module.with_user(administrator).button_uninstall()
        with self.assertRaises(UserError):
            module.module_uninstall()
        with self.assertRaises(UserError):
            self.env.ref("base.module_account").sudo().with_user(administrator).button_uninstall()
        export = self.export(administrator, scope="log")
        self.assertEqual(export.state, "waiting")
        with self.enter_registry_test_mode():
            self.env.ref("ai_bookkeeper.ir_cron_export").method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual((export.state, export.error), ("done", False))
        self.assertEqual(export.row_count, self.log.search_count([("id", "<=", export.last_log_id)]))
        folder = self.unpacked(export)
        done = self.verify_files(folder)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        module._ai_check_exported()
        self.suggestion.action_undo()
        with self.assertRaises(UserError):
            module._ai_check_exported()
