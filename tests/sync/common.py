"""A company with a webhook, and rows as the sync desk writes them."""

from odoo.tests import new_test_user

from ..common import BankCase


class StatusCase(BankCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls.make_user("manager", "manager")
        cls.auditor = cls.make_user("auditor", "auditor")
        cls.accountant = cls.make_user("accountant", groups="base.group_user,account.group_account_user")
        cls.webhook = cls.env["sync.webhook"].sudo().create({"name": "Shop", "url": "https://shop.example/hook"})
        # What posting and creating emitted before anybody listened is no concern of these tests.
        cls.env["sync.event"].sudo().search([("seq", "=", False)]).write({"seq": -1})

    @classmethod
    def fresh(cls, records, user=None):
        """The records as a new request of ``user`` sees them."""
        cls.env.flush_all()
        cls.env.invalidate_all()
        return records.with_user(user or cls.reviewer)

    @classmethod
    def event(cls, record, seq=None, name="move.posted"):
        (event_id,) = cls.env["sync.event"].sudo()._emit(name, record)
        event = cls.env["sync.event"].sudo().browse(event_id)
        if seq is not None:
            event.seq = seq
        return event

    @classmethod
    def job(cls, record, state="pending", **values):
        return (
            cls.env["sync.job"]
            .sudo()
            .create(
                {
                    "kind": "deliver",
                    "state": state,
                    "res_model": record._name,
                    "res_id": record.id,
                    "company_id": cls.company.id,
                    "webhook_id": cls.webhook.id,
                    "created_at": "2026-03-01 10:00:00",
                    **values,
                }
            )
        )

    @classmethod
    def answer(cls, record, state="synced", webhook=None, **values):
        """What a subscriber answered: ``state`` of the binding."""
        row = {
            "res_model": record._name,
            "res_id": record.id,
            "webhook_id": (webhook or cls.webhook).id,
            "company_id": cls.company.id,
            **values,
        }
        method = {"synced": "_acknowledge", "failed": "_fail", "conflict": "_conflict"}[state]
        getattr(cls.env["sync.binding"], method)([row])

    def chip(self, record, user=None):
        record = self.fresh(record, user)
        return (record.sync_state, record.sync_error or "")

    def make_other(self, login, company):
        return new_test_user(
            self.env,
            f"aib_{login}",
            groups="base.group_user,ai_bookkeeper.ai_bookkeeper_group_reviewer",
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )
