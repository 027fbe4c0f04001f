"""Every public method of the addon, called as every role: who may is in ``rules.py``, and nobody else may."""

import json

from odoo.exceptions import AccessError, UserError
from odoo.models import BaseModel
from odoo.tests import TransactionCase, tagged

from .methods import own_models, public_methods
from .rights import MODELS
from .rules import BLIND, EMPTY, METHODS, ROLES
from .world import SECRET, WIZARDS, build, resolve

#: Rights on the model decide over these; the table of models has them.
OPERATIONS = ("create", "write", "unlink")


class RollBackError(Exception):
    """Ends a call's savepoint: no call sees what another did."""


@tagged("post_install", "-at_install")
class TestEveryMethod(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.world = build(cls.env)
        cls.people = {
            role: cls.env["res.users"].search([("login", "=", login)]) for role, login in cls.world["logins"].items()
        }

    # === THE TABLES ARE WHOLE === #

    def test_every_method_has_a_rule(self):
        found = {name for name in public_methods(self.env) if name.rpartition(".")[2] not in OPERATIONS}
        self.assertEqual(sorted(found - set(METHODS)), [], "add a line to tests/security/rules.py")
        self.assertEqual(sorted(set(METHODS) - found), [], "rules without a method")

    def test_every_model_has_rights(self):
        self.assertEqual(sorted(set(own_models(self.env)) ^ set(MODELS)), [], "see MODELS in tests/security/rights.py")

    def test_every_dialog_is_its_makers(self):
        """Dialogs hold what a person typed, keys too: nobody reads another's."""
        for name in own_models(self.env):
            if not self.env[name]._transient:
                continue
            domain = self.env["ir.rule"].with_user(self.people["manager"])._compute_domain(name, "read")
            with self.subTest(model=name):
                self.assertIn("create_uid", str(domain), "add a line to security/ai_wizard_security.xml")

    def test_nobody_sends_anothers_dialog(self):
        """The same dialogs, made by somebody else: whatever the role."""
        sent = []
        for name in METHODS:
            model, _dot, method = name.rpartition(".")
            records = self.env[model].with_user(self.people[BLIND])
            if model not in WIZARDS or getattr(getattr(type(records), method), "_api_model", False):
                continue
            outcome = []
            with self.env.cr.savepoint() as savepoint:
                try:
                    getattr(records.browse(self.world["open"][model]), method)()
                    outcome = [name]
                except AccessError:
                    outcome = []
                except Exception as error:
                    outcome = [(name, repr(error)[:100])]
                savepoint.rollback()
            sent += outcome
        self.assertEqual(sent, [])

    # === RIGHTS ON MODELS === #

    def test_rights_on_every_model(self):
        wrong = [
            (name, role, operation)
            for name, rights in MODELS.items()
            for role in ROLES.values()
            for operation in ("read", "write", "create", "unlink")
            if self.env[name].with_user(self.people[role]).has_access(operation) != rights.allows(operation, role)
        ]
        self.assertEqual(wrong, [])

    # === METHODS === #

    def test_every_method_as_every_role(self):
        wrong = []
        for name, rule in sorted(METHODS.items()):
            for role in (*ROLES.values(), BLIND):
                outcome = self.call(name, rule, role)
                if outcome.startswith("allowed") != rule.allows(role) or "broken" in outcome:
                    wrong.append((name, role, outcome))
        self.assertEqual(wrong, [], "\n".join(map(str, wrong)))

    def call(self, name, rule, role):
        """``allowed`` (also when the call is senseless just now) or ``refused``."""
        model, _dot, method = name.rpartition(".")
        names = self.world["secret" if role == BLIND else "open"]
        arguments = resolve(rule.arguments, names)
        outcome = "broken"
        try:
            with self.env.cr.savepoint():
                outcome = self._answer(model, method, rule, role, names, arguments)
                raise RollBackError
        except RollBackError:
            self.env.invalidate_all()
        return outcome

    def _answer(self, model, method, rule, role, names, arguments):
        try:
            records = self._records(model, method, role, names).with_context(**resolve(rule.context, names))
            result = getattr(records, method)(**arguments)
            self.env.flush_all()
        except AccessError as error:
            return f"refused {'broken: names it' if SECRET in str(error) else ''}"
        except UserError as error:
            result = str(error)
        except Exception as error:
            return f"broken {error!r}"
        return f"allowed {self._leak(role, rule, result)}"

    def _leak(self, role, rule, result):
        """What the blind caller must not get, as a word for the report."""
        result = result.ids if isinstance(result, BaseModel) else result
        hidden = role == BLIND and rule.blind == EMPTY and SECRET in json.dumps(result, default=str)
        return "broken: tells the secret" if hidden else ""

    def _records(self, model, method, role, names):
        records = self.env[model].with_user(self.people[role])
        if getattr(getattr(type(records), method), "_api_model", False):
            return records
        if model in WIZARDS and records.has_access("create"):
            return records.create(resolve(WIZARDS[model], names))
        return records.browse(names[model])
