"""Agents reach their own methods and nothing else; who was refused is noted."""

from odoo import models
from odoo.exceptions import AccessError
from odoo.http import request

from ...engine.vocabulary import AGENT_METHODS


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _dispatch(cls, endpoint):
        request.ai_route = endpoint.routing["routes"][0]
        try:
            if endpoint.routing["auth"] == "bearer":
                cls._check_agent_method()
            return super()._dispatch(endpoint)
        except AccessError:
            cls._note_refusal()
            raise

    @classmethod
    def _check_agent_method(cls):
        """An agent is refused before the method runs, whatever rights that method would ask for."""
        env = request.env
        if not env["ai.agent"]._is_agent(env.user):
            return
        model, method = request.params.get("__model__"), request.params.get("__method__")
        if method not in AGENT_METHODS.get(model, ()):
            raise AccessError(
                env._("An agent's key may call its own methods only: %(names)s.", names=cls._agent_names())
            )

    @classmethod
    def _agent_names(cls):
        return ", ".join(f"{model}/{method}" for model, methods in AGENT_METHODS.items() for method in methods)

    @classmethod
    def _note_refusal(cls):
        """The refusal of a method of the addon, or of anything an agent tries, whoever said it."""
        env = request.env
        if env.cr.closed or env.cr.postrollback.data.get("ai_refusal"):
            return
        name = request.params.get("__model__") or request.params.get("model")
        method = request.params.get("__method__") or request.params.get("method")
        model = env.registry.get(name) if isinstance(name, str) else None
        if cls._is_own_method(model, method) or env["ai.refusal"]._concerns(name):
            env["ai.refusal"]._note(env[name] if model is not None else env["ai.refusal"])

    @classmethod
    def _is_own_method(cls, model, method):
        """Whether the addon brought the method: overriding one of core's does not make it ours."""
        if model is None or not isinstance(method, str):
            return False
        definers = [base for base in model.mro() if method in vars(base)]
        return bool(definers) and all(base.__module__.startswith("odoo.addons.ai_bookkeeper.") for base in definers)
