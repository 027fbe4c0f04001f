# Loaded first: the others inherit from it.
from . import ai_target_mixin  # isort: skip
from . import ai_audit_identity, ai_audit_log, ai_audit_mixin
