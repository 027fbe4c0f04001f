"""Every method of the addon that a call from outside can reach, read from the registry."""

from odoo.service.model import get_public_method

ADDON = "odoo.addons.ai_bookkeeper."
MODULE = "ai_bookkeeper"


def own_models(env):
    """Names of the addon's models that stand in the database: each has rights of its own."""
    return sorted(
        name for name, model in env.registry.items() if model._original_module == MODULE and not model._abstract
    )


def public_methods(env):
    """{model.method}: of the addon's models all that the addon defines, of Odoo's what only the addon defines."""
    return {f"{name}.{method}" for name in env.registry for method in _methods_of(env, name)}


def _methods_of(env, name):
    model = env.registry[name]
    is_own = model._original_module == MODULE
    for method in dir(model):
        if method.startswith("_") or not callable(getattr(model, method, None)):
            continue
        definers = [base for base in model.mro() if method in vars(base)]
        ours = [base for base in definers if base.__module__.startswith(ADDON)]
        # What extends a mixin of Odoo (mail.thread) is Odoo's to guard, in models of the addon too.
        own = [base for base in ours if env.registry[base._name]._original_module == MODULE]
        if ours and ((is_own and own) or len(ours) == len(definers)) and _is_public(env[name], method):
            yield method


def _is_public(model, method):
    try:
        get_public_method(model, method)
    except Exception:
        return False
    return True
