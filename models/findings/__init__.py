from . import ai_finding
