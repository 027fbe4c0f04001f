# Loaded first: the others inherit from it.
from . import ai_target_mixin, ai_follow_mixin, ai_journal_mixin  # isort: skip
from . import ai_audit_identity, ai_audit_log, ai_audit_mixin
from . import (
    ai_audit_anchor,
    ai_audit_check,
    ai_audit_erase,
    ai_audit_export,
    ai_audit_export_builder,
    ai_audit_seal,
    ai_audit_verify,
)
