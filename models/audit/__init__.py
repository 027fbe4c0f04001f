from . import ai_audit_log, ai_audit_identity, ai_audit_mixin
