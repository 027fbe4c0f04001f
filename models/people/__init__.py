from . import ai_dashboard, ai_waiting
