"""Install, upgrade and uninstall, alone and beside the modules that users have."""

import os
import re
import zipfile

import pytest

from ground import databases, templates
from ground.settings import ADDONS
from harness import database, query, shell

ADDON = "ai_bookkeeper"
APPS = "sale_management,purchase,stock,hr_expense"
# A level after the process id; Odoo also logs ERROR for what it then recovers from.
TROUBLE = re.compile(r"^\S+ \S+ \d+ (WARNING|ERROR|CRITICAL) .*", re.M)
# Warnings that Odoo's own modules write with or without the addon.
NOT_OURS = (
    "Running as user 'root'",
    "selfie_segmentation",
    "have the same label",
    "unaccent",
    "wkhtmltopdf",
    # Odoo says so of the option of any addon in its configuration file, and keeps it.
    "unknown option 'ai_bookkeeper_",
)


def trouble(log):
    lines = [match.group(0) for match in TROUBLE.finditer(log)]
    return [line for line in lines if not any(text in line for text in NOT_OURS)]


def state(name):
    rows = query(name, "SELECT state FROM ir_module_module WHERE name = %s", (ADDON,))
    return rows[0][0] if rows else None


def addon_tables(name):
    rows = query(
        name,
        """SELECT relname FROM pg_class WHERE relkind = 'r'
            AND relname ~ '^(ai|sync)_' ORDER BY 1""",
    )
    return [row[0] for row in rows]


def export_log(name, addons=(ADDONS,)):
    shell(name, 'env["ai.audit.export"].action_export("log"); env["ai.audit.export"]._cron_export()', addons)


def uninstall(name, addons=(ADDONS,)):
    export_log(name, addons)
    return uninstall_at_once(name, addons)


def uninstall_at_once(name, addons=(ADDONS,)):
    return shell(
        name,
        f"""
        module = env["ir.module.module"].search([("name", "=", {ADDON!r})])
        module.button_immediate_uninstall()
        """,
        addons,
    )


def test_fresh_install_beside_account_only():
    with database(templates.base("account")) as name:
        log = templates.install(name, ADDON)
        assert state(name) == "installed"
        assert trouble(log) == []


def test_upgrade_changes_nothing_and_complains_of_nothing():
    with database() as name:
        before = addon_tables(name)
        log = templates.run_odoo("-d", name, "-u", ADDON, "--stop-after-init")
        assert trouble(log) == []
        assert state(name) == "installed"
        assert addon_tables(name) == before


def test_uninstall_leaves_the_books_working_and_installs_again():
    with database() as name:
        uninstall(name)
        assert state(name) == "uninstalled"
        assert addon_tables(name) == []
        assert leftovers(name) == []
        assert shell(name, POST_AN_INVOICE) == "posted"
        log = templates.install(name, ADDON)
        assert state(name) == "installed"
        assert trouble(log) == []


def test_uninstalling_waits_for_the_export():
    with database() as name:
        shell(name, 'env["ai.audit.log"]._append("opened", env.company)')
        with pytest.raises(AssertionError, match="Exports of Evidence"):
            uninstall_at_once(name)
        assert state(name) == "installed"
        # The mark set by force: nothing stops the server from loading, and what was logged is kept.
        query(name, "UPDATE ir_module_module SET state = 'to remove' WHERE name = %s", (ADDON,))
        log = templates.run_odoo("-d", name, "-u", "base", "--stop-after-init")
        assert state(name) == "uninstalled"
        [path] = re.findall(r"it is kept in (\S+\.zip)", log)
        with zipfile.ZipFile(path) as archive:
            assert b'"event": "opened"' in archive.read("log.jsonl")
        os.unlink(path)


def leftovers(name):
    """Fields, views, crons and rights that name the addon after it has gone."""
    rows = query(name, "SELECT model || ' ' || name FROM ir_model_data WHERE module = %s", (ADDON,))
    functions = query(
        name,
        """SELECT proname FROM pg_proc JOIN pg_namespace n ON n.oid = pronamespace
            WHERE nspname = 'public' AND proname ~ '^(ai|sync)_'""",
    )
    return [row[0] for row in rows + functions]


POST_AN_INVOICE = """
partner = env["res.partner"].create({"name": "After"})
line = {"name": "Work", "quantity": 1, "price_unit": 100}
move = env["account.move"].create({
    "move_type": "out_invoice", "partner_id": partner.id, "invoice_line_ids": [(0, 0, line)],
})
move.action_post()
result = move.state
"""


def test_install_beside_the_apps():
    with database(templates.base(f"account,{APPS}")) as name:
        log = templates.install(name, ADDON)
        assert state(name) == "installed"
        assert trouble(log) == []
        assert shell(name, POST_AN_INVOICE) == "posted"
        uninstall(name)
        assert state(name) == "uninstalled"


def test_apps_come_after_the_addon():
    with database() as name:
        log = templates.install(name, "purchase")
        assert trouble(log) == []
        assert shell(name, POST_AN_INVOICE) == "posted"


@pytest.fixture(scope="module")
def oca():
    folder = templates.oca_addons()
    return (ADDONS, folder)


def test_install_beside_oca_account_reconcile(oca):
    with database(templates.oca_base()) as name:
        log = templates.install(name, ADDON, addons=oca)
        assert state(name) == "installed"
        assert trouble(log) == []
        assert shell(name, POST_AN_INVOICE, addons=oca) == "posted"
        uninstall(name, addons=oca)
        assert state(name) == "uninstalled"


OCA_SEES_A_PAID_INVOICE = """
from odoo import Command
partner = env["res.partner"].create({"name": "Northwind Traders"})
bank = env["account.journal"].search([("type", "=", "bank"), ("company_id", "=", env.company.id)], limit=1)
states = []
for switched_off in (True, False):
    env.company.ai_switch_off_oca = switched_off
    invoice = env["account.move"].create({"move_type": "out_invoice", "partner_id": partner.id,
        "invoice_line_ids": [Command.create({"name": "x", "price_unit": 100.0, "tax_ids": []})]})
    invoice.action_post()
    env["account.bank.statement.line"].create(
        {"journal_id": bank.id, "payment_ref": invoice.name, "amount": 100.0, "date": invoice.date})
    states.append(invoice.payment_state)
result = states
"""


def test_oca_pays_nothing_before_anybody_decided(oca):
    with database(templates.oca_base()) as name:
        templates.install(name, ADDON, addons=oca)
        assert shell(name, OCA_SEES_A_PAID_INVOICE, addons=oca) == ["not_paid", "paid"]


def test_copies_are_dropped():
    with database() as name:
        assert databases.exists(name)
    assert not databases.exists(name)
