"""Which duties one person should not hold together, and which groups give them."""

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

_ROLE = "ai_bookkeeper.ai_bookkeeper_group_"

#: {duty: (its name, groups that give it)}; groups of apps that are not installed are left out.
DUTIES = {
    "propose": (_lt("Proposes by hand"), (f"{_ROLE}reviewer", f"{_ROLE}manager")),
    "decide": (_lt("Decides suggestions"), (f"{_ROLE}reviewer",)),
    "policy": (_lt("Sets policies, caps and accounts"), (f"{_ROLE}manager",)),
    "agents": (_lt("Creates agents and their keys"), (f"{_ROLE}manager",)),
    "audit": (_lt("Audits"), (f"{_ROLE}auditor",)),
    "vendors": (_lt("Creates vendors"), ("base.group_partner_manager",)),
    "bank_accounts": (_lt("Changes vendors' bank accounts"), ("base.group_partner_manager",)),
    "bills": (_lt("Enters and posts bills"), ("account.group_account_invoice",)),
    "pay": (_lt("Pays bills"), ("account.group_account_invoice",)),
    "setup": (_lt("Sets up accounts, taxes and journals"), ("account.group_account_manager",)),
    "users": (_lt("Gives people their roles"), ("base.group_erp_manager",)),
    "system": (_lt("Administers the system"), ("base.group_system",)),
}

HIGH, MEDIUM = "high", "medium"

#: (code, first duty, second duty, weight, why it matters). A code is stored in exports: rename none, append new ones.
CONFLICTS = (
    (
        "propose_decide",
        "propose",
        "decide",
        MEDIUM,
        _lt("What a person books by hand nobody else looks at. Set a second approval: they can't give it themselves."),
    ),
    (
        "policy_decide",
        "policy",
        "decide",
        HIGH,
        _lt("Who sets the limits also works under them: a limit can be lifted, used and put back."),
    ),
    (
        "agents_decide",
        "agents",
        "decide",
        HIGH,
        _lt("A person can let an agent of their own propose and accept it: two names, one pair of hands."),
    ),
    (
        "vendor_decide",
        "vendors",
        "decide",
        HIGH,
        _lt("An invented vendor's bill can be accepted by whoever invented the vendor."),
    ),
    (
        "vendor_bills",
        "vendors",
        "bills",
        MEDIUM,
        _lt("An invented vendor's bill can be entered and posted by whoever invented the vendor."),
    ),
    (
        "bank_account_pay",
        "bank_accounts",
        "pay",
        HIGH,
        _lt("A real vendor's payment can be led to another account and released by the same person."),
    ),
    (
        "audit_decide",
        "audit",
        "decide",
        HIGH,
        _lt("Who checks the decisions made them. An auditor reads and decides nothing."),
    ),
    (
        "audit_policy",
        "audit",
        "policy",
        MEDIUM,
        _lt("Who checks the rules set them. An auditor reads and sets nothing."),
    ),
    (
        "setup_decide",
        "setup",
        "decide",
        MEDIUM,
        _lt("Where amounts go can be changed before deciding that they go there."),
    ),
    (
        "users_decide",
        "users",
        "decide",
        HIGH,
        _lt("A second approver can be made up, or borrowed for a minute. Every change of roles is in the audit log."),
    ),
    (
        "users_policy",
        "users",
        "policy",
        MEDIUM,
        _lt("Who sets the rules also chooses who they bind. Every change of roles is in the audit log."),
    ),
    (
        "system_decide",
        "system",
        "decide",
        HIGH,
        _lt("An administrator can change records around every check. Anchors outside the database show it."),
    ),
    (
        "system_audit",
        "system",
        "audit",
        MEDIUM,
        _lt("Who keeps the evidence can change it. Anchors outside the database show it."),
    ),
)
