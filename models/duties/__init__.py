from . import ai_duty_conflict
