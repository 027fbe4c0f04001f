from . import ai_refusal, ai_suggestion, ir_http, ir_model_access, ir_rule
